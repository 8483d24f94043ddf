import { ActionIcon, Button, Kbd, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { dayOutlineQuery } from '../api/day.ts';
import { useTenant } from '../api/session.ts';
import { useTexts } from '../texts/index.ts';

/** Both come when they are needed: nobody waits for them before the first page. */
const SearchDialog = lazy(async () => ({ default: (await import('../pages/search/dialog.tsx')).SearchDialog }));
const DueReminders = lazy(async () => ({ default: (await import('../pages/day/due-reminders.tsx')).DueReminders }));

/** The search of the desk, from every page, and what reminds of itself there. */
export function SearchButton() {
  const { records } = useTexts();
  const [isOpen, { open, close, toggle }] = useDisclosure();
  const { data: day } = useQuery(dayOutlineQuery(useTenant()));
  useHotkeys([['mod+K', toggle]], []);
  if (day == null) return undefined;
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={open}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Text size="sm" c="dimmed" component="span">
          {records.search}
        </Text>
      </Button>
      <ActionIcon hiddenFrom="sm" variant="default" size="lg" onClick={open} aria-label={records.search}>
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      <Suspense>
        {isOpen && <SearchDialog onClose={close} canCall={day.canCall} />}
        {day.reminders.length > 0 && <DueReminders reminders={day.reminders} />}
      </Suspense>
    </>
  );
}
