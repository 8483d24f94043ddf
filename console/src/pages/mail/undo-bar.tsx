import { Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { undoMail } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { useSingleKeys } from '../../desk/keys.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useSpeech } from '../../texts/index.ts';
import type { JustSent } from './keeping.ts';
import { moment } from './words.ts';

interface UndoBarProps {
  readonly sent: JustSent;
  readonly onUndone: () => void;
  readonly onGone: () => void;
}

const TICK_MS = 250;
/** Beyond it one says when, not in how many seconds. */
const COUNTED_MS = 10 * 60_000;

/** A mail that waits for its moment: how long still, and one key that takes it back. */
export function UndoBar({ sent, onUndone, onGone }: UndoBarProps) {
  const { texts, language } = useSpeech();
  const { mail } = texts;
  const tenant = useTenant();
  const [areKeysOn] = useSingleKeys();
  const [left, setLeft] = useState(() => Date.parse(sent.goesAt) - Date.now());
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const undo = useDeed({
    act: async () => await undoMail(tenant, sent.requestId),
    touches: ['case-mail', 'mail-sent'],
    onDone: ({ undone }) => {
      notifications.show({
        message: undone.length > 0 ? mail.sent.undone : mail.sent.tooLate,
        color: undone.length > 0 ? 'green' : 'orange',
      });
      if (undone.length > 0) onUndone();
      else onGone();
    },
  });
  const { isPending, mutate } = undo;
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Date.parse(sent.goesAt) - Date.now();
      setLeft(now);
      // What was asked to come back in time is not let go meanwhile.
      if (now <= 0 && !isPending) onGone();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [sent.goesAt, isPending, onGone]);
  const act = () => {
    if (!isPending) mutate(undefined);
  };
  useHotkeys([['z', () => areKeysOn && act()]]);
  return (
    <Alert color="blue" p="sm" role="status" aria-live="off">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {left > COUNTED_MS
            ? mail.sent.scheduled(moment(sent.goesAt, language))
            : mail.sent.waiting(Math.max(0, Math.ceil(left / 1000)))}
        </Text>
        <Group gap="xs">
          <Button
            ref={button}
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            loading={isPending}
            onClick={act}
          >
            {mail.sent.undo}
          </Button>
          {areKeysOn && (
            <Text size="xs" c="dimmed">
              {mail.sent.undoKey}
            </Text>
          )}
        </Group>
      </Group>
    </Alert>
  );
}
