import { Button, Code, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { operatorQuery, redeemSetupLink } from '../../api/sign-in.ts';
import { Lines } from '../../kit/loaded.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { Frame } from '../sign-in/frame.tsx';
import { Workspaces } from './workspaces.tsx';

/** Opened by the link that the hub prints at its first start; it is good once, and a session follows. */
export function SetupPage() {
  const { setup, signIn } = useTexts();
  const queries = useQueryClient();
  const [token] = useState(() => window.location.hash.slice(1));
  const redeem = useMutation({
    mutationFn: redeemSetupLink,
    onSuccess: () => queries.invalidateQueries({ queryKey: operatorQuery.queryKey }),
  });
  const { mutate } = redeem;
  useEffect(() => {
    if (token === '') return;
    // Out of the address bar before anybody photographs it, and so that a reload does not try it again.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    mutate(token);
  }, [token, mutate]);
  const operator = useQuery({ ...operatorQuery, enabled: token === '' || redeem.isSuccess || redeem.isError });
  if (operator.data?.isSignedIn === true) return <Workspaces />;
  if (redeem.isError || operator.isError) {
    return (
      <Frame title={setup.title}>
        <ProblemNote error={redeem.error ?? operator.error} />
        <Button component="a" href="/console/sign-in" variant="default">
          {signIn.title}
        </Button>
      </Frame>
    );
  }
  if (operator.data === undefined || operator.isFetching) {
    return (
      <Frame title={setup.title}>
        <Lines count={3} />
      </Frame>
    );
  }
  return (
    <Frame title={setup.title}>
      <Stack gap="sm">
        <Text size="sm">{signIn.noneHint}</Text>
        <Code block>npm run hub -- setup-link</Code>
      </Stack>
    </Frame>
  );
}
