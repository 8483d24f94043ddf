import {
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  PasswordInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ManagedMailbox } from '../../api/mailboxes.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';
import { ServerFields } from './server-fields.tsx';
import { useEditMailbox } from './use-edit-mailbox.ts';

type Form = ReturnType<typeof useEditMailbox>;

/** What is stored of a mailbox, to be changed; tried before it is saved. */
export function EditMailbox({ mailbox, onClose }: { readonly mailbox: ManagedMailbox; readonly onClose: () => void }) {
  const { mailboxes, common } = useTexts();
  const form = useEditMailbox(mailbox, onClose);
  const { entered, edit, errorAt, trial } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={mailboxes.changeTitle(mailbox.address)}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form onSubmit={form.submit} noValidate aria-label={mailboxes.changeTitle(mailbox.address)}>
        <Stack gap="md">
          <TextInput
            label={mailboxes.name}
            description={mailboxes.nameHint}
            value={entered.name}
            onChange={(event) => edit({ name: event.currentTarget.value })}
            error={errorAt('name')}
            required
            maxLength={200}
            autoComplete="off"
            data-autofocus
          />
          <Checkbox
            label={mailboxes.opensCases}
            description={mailboxes.opensCasesHint}
            checked={entered.opensCases}
            onChange={(event) => edit({ opensCases: event.currentTarget.checked })}
          />
          <WhatIsRead form={form} />
          {mailbox.auth === 'password' ? (
            <Servers form={form} />
          ) : (
            <Text size="sm" c="dimmed">
              {mailboxes.serversOfSignIn}
            </Text>
          )}
          <MailboxTest isBusy={trial.isPending} lines={trial.data} isBeforeSaving />
          {form.problem !== undefined && <ProblemNote error={form.problem} />}
          <Group justify="flex-end" gap="xs">
            {trial.data !== undefined && hasFailed(trial.data) && (
              <Button variant="default" loading={form.isSaving} onClick={form.saveAnyway}>
                {mailboxes.saveAnyway}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={trial.isPending || form.isSaving}>
              {mailboxes.testAndSave}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const horizons = ['0', '7', '30', '90', '365', 'all'] as const;

function WhatIsRead({ form: { entered, edit, errorAt } }: { readonly form: Form }) {
  const { mailboxes } = useTexts();
  const chosen = entered.horizonDays === null ? 'all' : String(entered.horizonDays);
  const known = horizons.find((one) => one === chosen);
  return (
    <>
      <NativeSelect
        label={mailboxes.horizon}
        description={mailboxes.horizonChangeHint}
        value={chosen}
        onChange={({ currentTarget: { value } }) => edit({ horizonDays: value === 'all' ? null : Number(value) })}
        data={[
          ...horizons.map((value) => ({ value: value as string, label: mailboxes.horizons[value] })),
          ...(known === undefined ? [{ value: chosen, label: mailboxes.horizonDays(Number(chosen)) }] : []),
        ]}
      />
      <Textarea
        label={mailboxes.folders}
        description={mailboxes.foldersHint}
        value={entered.folders}
        onChange={(event) => edit({ folders: event.currentTarget.value })}
        error={errorAt('settings.folders')}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
      />
    </>
  );
}

function Servers({ form: { entered, edit, errorAt, asksForPassword, isOtherAccount } }: { readonly form: Form }) {
  const { mailboxes } = useTexts();
  return (
    <>
      <ServerFields
        legend={mailboxes.reading}
        server={entered.imap}
        onChange={(part) => edit({ imap: { ...entered.imap, ...part } })}
        errorAt={(field) => errorAt(`settings.imap.${field}`)}
      />
      <ServerFields
        legend={mailboxes.sending}
        server={entered.smtp}
        onChange={(part) => edit({ smtp: { ...entered.smtp, ...part } })}
        errorAt={(field) => errorAt(`settings.smtp.${field}`)}
      />
      <Textarea
        label={mailboxes.authority}
        description={mailboxes.authorityHint}
        value={entered.ca}
        onChange={(event) => edit({ ca: event.currentTarget.value })}
        error={errorAt('settings.ca')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={20_000}
        spellCheck={false}
      />
      {isOtherAccount && (
        <Text size="sm" className="mail-warning" role="status">
          {mailboxes.otherAccount}
        </Text>
      )}
      {asksForPassword && (
        <PasswordInput
          label={mailboxes.password}
          description={mailboxes.passwordForServer}
          value={entered.password}
          onChange={(event) => edit({ password: event.currentTarget.value })}
          error={errorAt('password')}
          required
          maxLength={1000}
          autoComplete="new-password"
        />
      )}
    </>
  );
}
