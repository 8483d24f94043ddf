import { Button, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconKey, IconMailOff } from '@tabler/icons-react';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { beginOwnSignIn, giveOwnPassword, type UnattendedMailbox, unattendedQuery } from '../../api/mailboxes.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { NewPassword } from './new-password.tsx';

/** Mailboxes of which nothing is read or sent until this member does something; gone when that is done. The page waits for it, so that it pushes nothing away. */
export function UnattendedMailboxes() {
  const hasMail = useSession().plugins.includes('mail');
  const { data } = useSuspenseQuery(unattendedQuery(useTenant(), hasMail));
  return data.map((mailbox) => <Unattended key={mailbox.id} mailbox={mailbox} />);
}

function Unattended({ mailbox }: { readonly mailbox: UnattendedMailbox }) {
  const { unattended } = useTexts().mailboxes;
  const { address, auth, isOwn, wasSignedIn } = mailbox;
  const title = (isOwn ? unattended.own : unattended.desk)(address);
  return (
    <VerdictNote verdict="failed" icon={<IconMailOff aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {auth === 'password' ? unattended.password : wasSignedIn ? unattended.signInAgain : unattended.signIn}
        </Text>
        {auth === 'password' ? <GivePassword mailbox={mailbox} /> : <SignIn mailbox={mailbox} provider={auth} />}
      </Stack>
    </VerdictNote>
  );
}

function GivePassword({ mailbox: { id, address } }: { readonly mailbox: UnattendedMailbox }) {
  const { mailboxes } = useTexts();
  const tenant = useTenant();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="compact-sm" leftSection={<IconKey size={15} aria-hidden />} onClick={() => setAsking(true)}>
        {mailboxes.unattended.enter}
      </Button>
      {isAsking && (
        <NewPassword
          address={address}
          take={async (password, isCertain) => await giveOwnPassword(tenant, id, password, isCertain)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface SignInProps {
  readonly mailbox: UnattendedMailbox;
  readonly provider: 'google' | 'microsoft';
}

/** One click: the window opens with it, because browsers hold back one that comes later, and goes on when the hub has said where to. */
function SignIn({ mailbox: { id }, provider }: SignInProps) {
  const { mailboxes } = useTexts();
  const tenant = useTenant();
  const begin = useMutation({
    mutationFn: async (opened: Window | null) => {
      const url = await beginOwnSignIn(tenant, id).catch((error: unknown) => {
        opened?.close();
        throw error;
      });
      (opened ?? window).location.assign(url);
    },
  });
  const open = () => {
    const opened = window.open('about:blank', '_blank');
    if (opened !== null) opened.opener = null;
    begin.mutate(opened);
  };
  return (
    <>
      <Group gap="xs">
        <Button
          size="compact-sm"
          leftSection={<IconExternalLink size={15} aria-hidden />}
          loading={begin.isPending}
          onClick={open}
        >
          {mailboxes.signInWith(mailboxes.auths[provider])}
        </Button>
      </Group>
      {begin.error !== null && <ProblemNote error={begin.error} />}
    </>
  );
}
