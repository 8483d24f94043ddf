import { Anchor, Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { signInAddress, type Workspace, workspacesQuery } from '../../api/sign-in.ts';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { useTexts } from '../../texts/index.ts';
import { Frame } from './frame.tsx';

interface ChooseProps {
  readonly preferred: string | undefined;
  readonly to: string | undefined;
}

/** One button per workspace; whoever is signed in there goes straight on. */
export function Choose({ preferred, to }: ChooseProps) {
  const { signIn } = useTexts();
  const query = useQuery(workspacesQuery);
  return (
    <Frame title={signIn.choose} hint={signIn.chooseHint}>
      <Loaded query={query} skeleton={<Lines count={2} height={42} />}>
        {(workspaces) => <Ways workspaces={sorted(workspaces, preferred)} preferred={preferred} to={to} />}
      </Loaded>
    </Frame>
  );
}

const sorted = (workspaces: readonly Workspace[], preferred: string | undefined) =>
  [...workspaces].sort((one, other) => Number(other.slug === preferred) - Number(one.slug === preferred));

/** The page that was asked for, where it is one of this workspace; whether it is one at all, the hub and the router decide. */
const within = (slug: string, to: string | undefined): string | undefined =>
  to?.startsWith(`/console/${slug}/`) === true ? to : undefined;

function Ways({ workspaces, preferred, to }: ChooseProps & { readonly workspaces: readonly Workspace[] }) {
  const { signIn } = useTexts();
  const [isAsked, setAsked] = useState(workspaces.length === 0);
  return (
    <Stack gap="sm">
      {workspaces.map(({ slug, name, isSignedIn }, index) => (
        <Button
          key={slug}
          component="a"
          size="md"
          variant={index === 0 ? 'filled' : 'default'}
          href={isSignedIn ? (within(slug, to) ?? `/console/${slug}`) : signInAddress(slug, within(slug, to))}
        >
          {signIn.signInTo(name)}
        </Button>
      ))}
      {isAsked ? (
        <ByName preferred={preferred} to={to} />
      ) : (
        <Anchor component="button" type="button" size="sm" ta="center" onClick={() => setAsked(true)}>
          {signIn.elsewhere}
        </Anchor>
      )}
      {workspaces.length === 0 && (
        <Text size="sm" c="dimmed">
          {signIn.noneHint} <Code>npm run hub -- setup-link</Code>
        </Text>
      )}
    </Stack>
  );
}

function ByName({ preferred, to }: ChooseProps) {
  const { signIn } = useTexts();
  const [entered, setEntered] = useState(preferred ?? '');
  const go = (event: FormEvent) => {
    event.preventDefault();
    const slug = entered.trim().toLowerCase();
    window.location.assign(signInAddress(slug, within(slug, to)));
  };
  return (
    <form onSubmit={go}>
      <Stack gap="sm">
        <TextInput
          label={signIn.otherWorkspace}
          description={signIn.otherWorkspaceHint}
          value={entered}
          onChange={(event) => setEntered(event.currentTarget.value)}
          required
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" variant="default">
          {signIn.go}
        </Button>
      </Stack>
    </form>
  );
}
