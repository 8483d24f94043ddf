import { ActionIcon, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addReminder, type NewReminder } from '../../api/day.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';

interface RemindProps extends Pick<NewReminder, 'object' | 'recordId'> {
  readonly name: string;
  /** With its words, where there is room. */
  readonly isWide?: boolean;
}

/** Sets a reminder about a record. */
export function RemindButton({ name, isWide = false, ...about }: RemindProps) {
  const { day } = useTexts();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      {isWide ? (
        <Button variant="default" leftSection={<IconBell size={16} aria-hidden />} onClick={open}>
          {day.remind}
        </Button>
      ) : (
        <ActionIcon variant="subtle" color="gray" onClick={open} aria-label={day.remindAbout(name)}>
          <IconBell size={16} aria-hidden />
        </ActionIcon>
      )}
      <Modal opened={isOpen} onClose={close} title={day.remindAbout(name)} closeButtonProps={{ 'aria-label': 'Esc' }}>
        <ReminderForm {...about} onDone={close} />
      </Modal>
    </>
  );
}

function ReminderForm({
  object,
  recordId,
  onDone,
}: Pick<NewReminder, 'object' | 'recordId'> & { readonly onDone: () => void }) {
  const { day } = useTexts();
  const tenant = useTenant();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [at, setAt] = useState(() => forInput(inHours(1)));
  const dueAt = new Date(at);
  const save = useMutation({
    mutationFn: () => addReminder(tenant, { object, recordId, note, dueAt: dueAt.toISOString() }),
    onSuccess: async () => {
      notifications.show({ message: day.reminderSet, color: 'green' });
      onDone();
      await queries.invalidateQueries({ queryKey: ['day', tenant] });
    },
  });
  const choices = [
    [day.inAnHour, inHours(1)],
    [day.tomorrow, tomorrowAtNine()],
    [day.nextWeek, inHours(7 * 24)],
  ] as const;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={day.remindNote}
          value={note}
          maxLength={500}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
          data-autofocus
        />
        <Group gap="xs">
          {choices.map(([label, time]) => (
            <Button key={label} size="xs" variant="default" onClick={() => setAt(forInput(time))}>
              {label}
            </Button>
          ))}
        </Group>
        <TextInput
          type="datetime-local"
          label={day.remindWhen}
          value={at}
          required
          onChange={({ currentTarget }) => setAt(currentTarget.value)}
        />
        {save.isError && <ProblemNote error={save.error} />}
        <Button type="submit" loading={save.isPending} disabled={Number.isNaN(dueAt.getTime())}>
          {day.setReminder}
        </Button>
      </Stack>
    </form>
  );
}

const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

function tomorrowAtNine(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}

/** As an input of the browser takes a time: local, to the minute. */
function forInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
