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
        {(workspaces) => <Ways workspaces={sorted(workspaces, preferred)} to={to} />}
      </Loaded>
    </Frame>
  );
}

const sorted = (workspaces: readonly Workspace[], preferred: string | undefined) =>
  [...workspaces].sort((one, other) => Number(other.slug === preferred) - Number(one.slug === preferred));

function Ways({ workspaces, to }: { readonly workspaces: readonly Workspace[]; readonly to: string | undefined }) {
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
          href={
            isSignedIn
              ? `/console/${slug}`
              : signInAddress(slug, to?.startsWith(`/console/${slug}/`) === true ? to : undefined)
          }
        >
          {signIn.signInTo(name)}
        </Button>
      ))}
      {isAsked ? (
        <ByName />
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

function ByName() {
  const { signIn } = useTexts();
  const [slug, setSlug] = useState('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    window.location.assign(signInAddress(slug.trim().toLowerCase()));
  };
  return (
    <form onSubmit={go}>
      <Stack gap="sm">
        <TextInput
          label={signIn.otherWorkspace}
          description={signIn.otherWorkspaceHint}
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
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
