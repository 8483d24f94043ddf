import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PasswordTrial } from '../../api/mailboxes.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { hasFailed, MailboxTest } from './mailbox-test.tsx';

interface NewPasswordProps {
  readonly address: string;
  /** Tries it and keeps it when it works, or when somebody is certain. */
  readonly take: (password: string, isCertain: boolean) => Promise<PasswordTrial>;
  readonly onClose: () => void;
}

/** A password takes the place of the one before when it works, or when somebody insists. */
export function NewPassword({ address, take, onClose }: NewPasswordProps) {
  const { mailboxes, common } = useTexts();
  const [password, setPassword] = useState('');
  const given = useDeed({
    act: async (isCertain: boolean) => {
      const trial = await take(password, isCertain);
      if (trial.isSaved) onClose();
      return { ...trial, isCertain };
    },
    done: ({ isSaved, isCertain }) =>
      !isSaved ? undefined : isCertain ? mailboxes.addedAnyway(address) : mailboxes.passwordSaved,
    touches: ['managed-mailboxes', 'mailboxes', 'unattended-mailboxes'],
    isQuiet: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') given.mutate(false);
  };
  const lines = given.data?.lines;
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
              given.reset();
              setPassword(event.currentTarget.value);
            }}
            required
            maxLength={1000}
            autoComplete="new-password"
            data-autofocus
          />
          <MailboxTest isBusy={given.isPending} lines={lines} isBeforeSaving />
          {given.error !== null && <ProblemNote error={given.error} />}
          <Group justify="flex-end" gap="xs">
            {lines !== undefined && hasFailed(lines) && (
              <Button variant="default" loading={given.isPending} onClick={() => given.mutate(true)}>
                {mailboxes.saveAnyway}
              </Button>
            )}
            <Button type="submit" loading={given.isPending}>
              {mailboxes.testAndSave}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
