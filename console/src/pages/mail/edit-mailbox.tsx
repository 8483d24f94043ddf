import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import type { ManagedMailbox } from '../../api/mailboxes.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { HorizonField, NameField, OpensCasesField, PasswordField, ServersFields } from './mailbox-fields.tsx';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';
import { useEditMailbox } from './use-edit-mailbox.ts';

type Form = ReturnType<typeof useEditMailbox>;

/** What is stored of a mailbox, to be changed; tried before it is saved. */
export function EditMailbox({ mailbox, onClose }: { readonly mailbox: ManagedMailbox; readonly onClose: () => void }) {
  const { mailboxes, common } = useTexts();
  const form = useEditMailbox(mailbox, onClose);
  const { trial } = form;
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
          <NameField form={form} />
          <OpensCasesField form={form} />
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

function WhatIsRead({ form }: { readonly form: Form }) {
  const { mailboxes } = useTexts();
  return (
    <>
      <HorizonField form={form} hint={mailboxes.horizonChangeHint} />
      <Textarea
        label={mailboxes.folders}
        description={mailboxes.foldersHint}
        value={form.entered.folders}
        onChange={(event) => form.edit({ folders: event.currentTarget.value })}
        error={form.errorAt('settings.folders')}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
      />
    </>
  );
}

function Servers({ form }: { readonly form: Form }) {
  const { mailboxes } = useTexts();
  return (
    <>
      <ServersFields form={form} />
      {form.isOtherAccount && (
        <Text size="sm" className="mail-warning" role="status">
          {mailboxes.otherAccount}
        </Text>
      )}
      {form.asksForPassword && <PasswordField form={form} hint={mailboxes.passwordForServer} />}
    </>
  );
}
