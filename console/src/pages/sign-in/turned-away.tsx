import { Button, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconShieldLock } from '@tabler/icons-react';
import { signInAddress, workspacesQuery } from '../../api/sign-in.ts';
import { useTexts } from '../../texts/index.ts';
import { Frame } from './frame.tsx';

interface TurnedAwayProps {
  readonly problem: string;
  readonly workspace: string | undefined;
  readonly to: string | undefined;
}

const needsFactor: readonly string[] = ['two-factor-required', 'two-factor-now'];

/** Why somebody is not let in, or was let out, and what to do about it. */
export function TurnedAway({ problem, workspace, to }: TurnedAwayProps) {
  const { signIn, common } = useTexts();
  const { data = [] } = useQuery(workspacesQuery);
  // Twenty's answer does not always tell for whom it was: with one workspace there is no doubt.
  const slug = workspace ?? (data.length === 1 ? data[0]?.slug : undefined);
  const [title, hint] = signIn.refusals[problem] ?? [common.problem.title, ''];
  return (
    <Frame title={title} hint={hint}>
      {needsFactor.includes(problem) && (
        <div>
          <Text fw={600} size="sm" mb="xs">
            <IconShieldLock size={16} aria-hidden /> {signIn.steps}
          </Text>
          <List type="ordered" size="sm" spacing="xs">
            {signIn.twoFactorSteps.map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Stack gap="xs">
        {slug !== undefined && (
          <Button component="a" href={signInAddress(slug, to)}>
            {signIn.again}
          </Button>
        )}
        <Button component="a" href="/console/sign-in" variant={slug === undefined ? 'filled' : 'default'}>
          {slug === undefined ? signIn.again : signIn.elsewhere}
        </Button>
      </Stack>
    </Frame>
  );
}
