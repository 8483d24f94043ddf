import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ownersQuery, type SignIn } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { HorizonField, NameField, OpensCasesField, PasswordField, ServersFields } from './mailbox-fields.tsx';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';
import { MissingClient, useMissingClient } from './provider-sign-in.tsx';
import { useNewMailbox } from './use-new-mailbox.ts';

interface NewMailboxProps {
  readonly onAdded: (mailbox: { readonly id: string; readonly auth: SignIn }) => void;
  readonly onClose: () => void;
}

type NewMailboxForm = ReturnType<typeof useNewMailbox>;

/** First who it is; the rest comes when its settings were looked for. */
export function NewMailbox({ onAdded, onClose }: NewMailboxProps) {
  const { mailboxes, common } = useTexts();
  const form = useNewMailbox(onAdded);
  const { entered, trial, found } = form;
  const missing = useMissingClient(entered.auth);
  const isFound = found !== undefined;
  const failed = trial.data !== undefined && hasFailed(trial.data);
  return (
    <Section title={mailboxes.add}>
      <form onSubmit={form.submit} noValidate aria-label={mailboxes.add}>
        <Stack gap="md">
          <Who form={form} />
          {isFound && (
            <>
              <Text size="sm" role="status">
                {found === null ? mailboxes.notFound : mailboxes.found(found.source)}
              </Text>
              <Access form={form} />
              <ServersFields form={form} />
              <HorizonField form={form} hint={mailboxes.horizonHint} />
            </>
          )}
          {isFound && entered.auth !== 'password' && missing.length > 0 && (
            <MissingClient provider={entered.auth} missing={missing} />
          )}
          <MailboxTest isBusy={trial.isPending} lines={trial.data} isBeforeSaving />
          {form.problem !== undefined && <ProblemNote error={form.problem} />}
          <Group gap="xs">
            <Button type="submit" loading={trial.isPending || form.isFinding || form.isAdding}>
              {!isFound
                ? mailboxes.find
                : entered.auth === 'password'
                  ? mailboxes.testAndAdd
                  : mailboxes.addAndSignIn(mailboxes.auths[entered.auth])}
            </Button>
            {failed && (
              <Button variant="default" onClick={form.addAnyway} loading={form.isAdding}>
                {mailboxes.saveAnyway}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Who({ form }: { readonly form: NewMailboxForm }) {
  const { entered, edit, errorAt, found, find, isFinding } = form;
  const { mailboxes } = useTexts();
  const { data: owners = [] } = useQuery(ownersQuery(useTenant()));
  return (
    <>
      <NameField form={form} />
      <Group gap="xs" align="flex-end">
        <TextInput
          flex="1 1 240px"
          label={mailboxes.address}
          type="email"
          value={entered.address}
          onChange={(event) => edit({ address: event.currentTarget.value })}
          error={errorAt('address')}
          required
          maxLength={320}
          autoComplete="off"
          spellCheck={false}
        />
        {found !== undefined && (
          <Button variant="default" onClick={find} loading={isFinding}>
            {mailboxes.findAgain}
          </Button>
        )}
      </Group>
      <NativeSelect
        label={mailboxes.owner}
        description={mailboxes.ownerHint}
        value={entered.ownerId}
        onChange={(event) => edit({ ownerId: event.currentTarget.value })}
        error={errorAt('ownerMemberId')}
        data={[
          { value: '', label: mailboxes.ownerDesk },
          ...owners.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
        ]}
      />
    </>
  );
}

const ways = ['password', 'google', 'microsoft'] as const;

function Access({ form }: { readonly form: NewMailboxForm }) {
  const { entered, edit } = form;
  const { mailboxes } = useTexts();
  return (
    <>
      <NativeSelect
        label={mailboxes.auth}
        value={entered.auth}
        onChange={(event) => edit({ auth: ways.find((way) => way === event.currentTarget.value) ?? 'password' })}
        data={ways.map((value) => ({ value, label: mailboxes.auths[value] }))}
      />
      {entered.auth === 'password' && <PasswordField form={form} hint={mailboxes.passwordHint} />}
      <OpensCasesField form={form} />
    </>
  );
}
