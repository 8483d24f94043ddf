import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changeMailbox, type ManagedMailbox, tryMailbox } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';

/** A password takes the place of the one before when it works, or when somebody insists. */
export function NewPassword({ mailbox, onClose }: { readonly mailbox: ManagedMailbox; readonly onClose: () => void }) {
  const { mailboxes, common } = useTexts();
  const tenant = useTenant();
  const { id, address, settings } = mailbox;
  const [password, setPassword] = useState('');
  const save = useDeed({
    act: async (works: boolean) => {
      await changeMailbox(tenant, id, { password });
      return works;
    },
    done: (works) => (works ? mailboxes.passwordSaved : mailboxes.addedAnyway(address)),
    touches: ['managed-mailboxes', 'mailboxes'],
    onDone: onClose,
    isQuiet: true,
  });
  const trial = useMutation({
    mutationFn: async () => await tryMailbox(tenant, { address, password, settings }),
    onSuccess: (lines) => (hasFailed(lines) ? undefined : save.mutate(true)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') trial.mutate();
  };
  const problem = save.error ?? trial.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={mailboxes.passwordTitle(address)}
      centered
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordInput
            label={mailboxes.password}
            description={mailboxes.passwordHint}
            value={password}
            onChange={(event) => {
              trial.reset();
              setPassword(event.currentTarget.value);
            }}
            required
            maxLength={1000}
            autoComplete="new-password"
            data-autofocus
          />
          <MailboxTest isBusy={trial.isPending} lines={trial.data} isBeforeSaving />
          {problem !== null && <ProblemNote error={problem} />}
          <Group justify="flex-end" gap="xs">
            {trial.data !== undefined && hasFailed(trial.data) && (
              <Button variant="default" loading={save.isPending} onClick={() => save.mutate(false)}>
                {mailboxes.saveAnyway}
              </Button>
            )}
            <Button type="submit" loading={trial.isPending || save.isPending}>
              {mailboxes.testAndSave}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
