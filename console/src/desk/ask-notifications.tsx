import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/index.ts';
import { canNotify } from './signs.ts';

const name = 'switchboard.notifications';

/** Asks while a call rings: then it is plain what for. Who says no is not asked again. */
export function AskForNotifications() {
  const { alerts } = useTexts().desk;
  const [isDone, setDone] = useState(
    () => !canNotify() || Notification.permission !== 'default' || localStorage.getItem(name) === 'no',
  );
  if (isDone) return undefined;
  return (
    <Group gap="xs" mt="sm" className="ask">
      <Text size="xs" style={{ flex: '1 1 200px' }}>
        {alerts.ask}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void Notification.requestPermission().then(() => setDone(true))}
      >
        {alerts.allow}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        className="plain"
        onClick={() => {
          localStorage.setItem(name, 'no');
          setDone(true);
        }}
      >
        {alerts.notNow}
      </Button>
    </Group>
  );
}
