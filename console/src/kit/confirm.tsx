import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../texts/index.ts';
import { ProblemNote } from './problem-note.tsx';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** What the button says: the deed itself, not "OK". */
  readonly deed: string;
  readonly isGrave?: boolean;
  /** Asks why as well; nothing is done without an answer. */
  readonly asksReason?: { readonly hint?: string };
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

export function Confirm({
  title,
  text,
  deed,
  isGrave = false,
  asksReason,
  isBusy,
  error,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const { common, plugins } = useTexts();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{text}</Text>
          {asksReason !== undefined && (
            <TextInput
              label={plugins.reason}
              {...(asksReason.hint === undefined ? {} : { description: asksReason.hint })}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              required
              maxLength={300}
              data-autofocus
            />
          )}
          {error !== null && error !== undefined && <ProblemNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={isBusy} {...(isGrave ? { color: 'red.9' } : {})}>
              {deed}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
