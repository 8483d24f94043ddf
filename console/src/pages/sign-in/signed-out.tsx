import { Button, Stack } from '@mantine/core';
import { signInAddress } from '../../api/sign-in.ts';
import { useTexts } from '../../texts/index.ts';
import { Frame } from './frame.tsx';

export function SignedOut({ workspace }: { readonly workspace: string | undefined }) {
  const { signIn } = useTexts();
  return (
    <Frame title={signIn.signedOut} hint={signIn.signedOutHint}>
      <Stack gap="xs">
        {workspace !== undefined && (
          <Button component="a" href={signInAddress(workspace)}>
            {signIn.again}
          </Button>
        )}
        <Button component="a" href="/console/sign-in" variant={workspace === undefined ? 'filled' : 'default'}>
          {workspace === undefined ? signIn.again : signIn.elsewhere}
        </Button>
      </Stack>
    </Frame>
  );
}
