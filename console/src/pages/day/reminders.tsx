import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconBellRinging, IconBell, IconClockPause, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeReminder, type Reminder, type ReminderChange } from '../../api/day.ts';
import { useTenant } from '../../api/session.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { Nothing } from './nothing.tsx';

const HOUR_MS = 3_600_000;

export function Reminders({ reminders }: { readonly reminders: readonly Reminder[] }) {
  const { day } = useTexts();
  return (
    <Section title={day.reminders} actions={<AllowNotices />}>
      {reminders.length === 0 ? (
        <Nothing>{day.remindersNone}</Nothing>
      ) : (
        <div className="entry-list">
          {reminders.map((reminder) => (
            <ReminderLine key={reminder.id} reminder={reminder} />
          ))}
        </div>
      )}
    </Section>
  );
}

function ReminderLine({ reminder }: { readonly reminder: Reminder }) {
  const { day } = useTexts();
  const tenant = useTenant();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: Omit<ReminderChange, 'id'>) => changeReminder(tenant, { id: reminder.id, ...wanted }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['day', tenant] }),
  });
  const isDue = Date.parse(reminder.dueAt) <= Date.now();
  const about = reminder.about ?? day.notVisible;
  const words = reminder.note === '' ? about : reminder.note;
  const Sign = isDue ? IconBellRinging : IconBell;
  return (
    <div className={isDue ? 'entry-line entry-due' : 'entry-line'}>
      <Sign size={18} color={isDue ? 'var(--tone-orange)' : 'var(--tone-gray)'} aria-hidden className="entry-sign" />
      <div className="entry-words">
        <Text size="sm" fw={600} className="break">
          {words}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {reminder.about !== null && (
            <>
              <RecordLink object={reminder.object} id={reminder.recordId}>
                {about}
              </RecordLink>
              {' · '}
            </>
          )}
          <Moment at={reminder.dueAt} />
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${day.later}: ${words}`}
          title={day.later}
          onClick={() => change.mutate({ dueAt: new Date(Date.now() + HOUR_MS).toISOString() })}
        >
          <IconClockPause size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="light"
          color="green"
          aria-label={day.doneLabel(words)}
          title={day.done}
          loading={change.isPending}
          onClick={() => change.mutate({ isDone: true })}
        >
          <IconCheck size={16} color="var(--tone-green)" aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  );
}

/** Browsers ask for leave only when somebody clicks. */
function AllowNotices() {
  const { day } = useTexts();
  const [state, setState] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (state !== 'default') return undefined;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      onClick={() => void Notification.requestPermission().then(setState)}
      title={day.allowNotices}
    >
      <IconBellRinging size={14} aria-hidden />
      <span className="visually-hidden">{day.allowNotices}</span>
    </Button>
  );
}
