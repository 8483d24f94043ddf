import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changeMailbox,
  doToMailbox,
  type MailboxDeed,
  type ManagedMailbox,
  testMailbox,
  tryMailbox,
} from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Moment } from '../../kit/moment.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { saidOf, stateOf } from './mailbox-state.ts';
import { EditMailbox } from './edit-mailbox.tsx';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';
import { NewPassword } from './new-password.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';

interface MailboxLineProps {
  readonly mailbox: ManagedMailbox;
  /** Whose own it is, where that is known. */
  readonly owner: string | undefined;
  /** Right after it was added. */
  readonly asksForSignIn: boolean;
}

/** One mailbox: how it is doing, and what can be done with it. */
export function MailboxLine({ mailbox, owner, asksForSignIn }: MailboxLineProps) {
  const { mailboxes } = useTexts();
  const tenant = useTenant();
  const [asking, setAsking] = useState<'password' | 'sign-in' | 'settings' | undefined>(
    asksForSignIn ? 'sign-in' : undefined,
  );
  const test = useMutation({ mutationFn: async () => await testMailbox(tenant, mailbox.id) });
  const close = () => setAsking(undefined);
  return (
    <div className="entry-line">
      <Facts mailbox={mailbox} owner={owner} />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate()}
          aria-label={mailboxes.testOf(mailbox.address)}
        >
          {mailboxes.test}
        </Button>
        {mailbox.auth === 'password' ? (
          <Button size="compact-sm" variant="default" onClick={() => setAsking('password')}>
            {mailboxes.newPassword}
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setAsking('sign-in')}>
            {mailboxes.signInAgain}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setAsking('settings')}
          aria-label={mailboxes.changeOf(mailbox.address)}
        >
          {mailboxes.change}
        </Button>
        <Deeds mailbox={mailbox} />
      </Group>
      {(test.isPending || test.data !== undefined || test.isError) && (
        <div className="mailbox-test">
          <MailboxTest isBusy={test.isPending} lines={test.data} />
          {test.isError && <ProblemNote error={test.error} />}
        </div>
      )}
      {asking === 'settings' && <EditMailbox mailbox={mailbox} onClose={close} />}
      {asking === 'password' && (
        <NewPassword
          address={mailbox.address}
          take={async (password, isCertain) => await takePassword(tenant, mailbox, { password, isCertain })}
          onClose={close}
        />
      )}
      {asking === 'sign-in' && mailbox.auth !== 'password' && (
        <ProviderSignIn mailbox={mailbox} provider={mailbox.auth} onClose={close} />
      )}
    </div>
  );
}

async function takePassword(
  tenant: string,
  { id, address, settings }: ManagedMailbox,
  { password, isCertain }: { readonly password: string; readonly isCertain: boolean },
) {
  const lines = isCertain ? [] : await tryMailbox(tenant, { address, password, settings });
  const isSaved = !hasFailed(lines);
  if (isSaved) await changeMailbox(tenant, id, { password });
  return { lines, isSaved };
}

function Facts({ mailbox, owner }: Pick<MailboxLineProps, 'mailbox' | 'owner'>) {
  const { mailboxes, common } = useTexts();
  const { name, tone } = stateOf(mailbox);
  const { address, kind, lastSuccessAt, setAside, missingCopies } = mailbox;
  const counts = [
    ...(setAside > 0 ? [mailboxes.setAside(setAside)] : []),
    ...(missingCopies > 0 ? [mailboxes.missingCopies(missingCopies)] : []),
  ];
  return (
    <Stack gap={2} className="entry-words">
      <Group gap="xs">
        <Text size="sm" fw={600} className="break">
          {mailbox.name} &lt;{address}&gt;
        </Text>
        <StateBadge tone={tone}>{mailboxes.states[name]}</StateBadge>
      </Group>
      <Text size="xs" c="dimmed">
        {[mailboxes.kinds[kind], owner].filter((part) => part !== undefined).join(': ')} · {mailboxes.lastSuccess}{' '}
        {lastSuccessAt === undefined ? common.never : <Moment at={lastSuccessAt} />}
        {counts.map((count) => ` · ${count}`)}
      </Text>
      {mailboxes.hints[name] !== undefined && <Text size="sm">{mailboxes.hints[name]}</Text>}
      {saidOf(mailbox) !== '' && (
        <Text size="sm" c="dimmed" className="break">
          {saidOf(mailbox)}
        </Text>
      )}
    </Stack>
  );
}

function Deeds({ mailbox: { id, address, state, missingCopies } }: { readonly mailbox: ManagedMailbox }) {
  const { mailboxes } = useTexts();
  const tenant = useTenant();
  const [isAsking, setAsking] = useState(false);
  const said = { pause: mailboxes.paused, resume: mailboxes.resumed, 'copy-again': mailboxes.copied } as const;
  const act = useDeed({
    act: async (what: MailboxDeed) => {
      await doToMailbox(tenant, id, what);
      return what;
    },
    done: (what) => (what === 'remove' ? mailboxes.removed : said[what]),
    touches: ['managed-mailboxes', 'mailboxes'],
  });
  const button = (what: Exclude<MailboxDeed, 'remove'>, label: string) => (
    <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate(what)}>
      {label}
    </Button>
  );
  return (
    <>
      {missingCopies > 0 && button('copy-again', mailboxes.copyAgain)}
      {state === 'active' && button('pause', mailboxes.pause)}
      {state === 'paused' && button('resume', mailboxes.resume)}
      <Button size="compact-sm" variant="subtle" color="red" className="grave" onClick={() => setAsking(true)}>
        {mailboxes.remove}
      </Button>
      {isAsking && (
        <Confirm
          title={mailboxes.removeTitle(address)}
          text={mailboxes.removeText}
          deed={mailboxes.remove}
          isGrave
          isBusy={act.isPending}
          error={act.error}
          onConfirm={() => act.mutate('remove')}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
