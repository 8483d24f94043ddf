import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { Reminder } from '../../api/day.ts';
import { notify } from '../../desk/signs.ts';
import { useTexts } from '../../texts/index.ts';

/** The longest time that a browser's timer takes. */
const LONGEST_MS = 2 ** 31 - 1;
/** What was due while nobody was here stands on the page; it does not ring as well. */
const LATE_MS = 10 * 60_000;

/** Tells of each reminder when it is due: on the page, and by the system while the window is in the background. */
export function DueReminders({ reminders }: { readonly reminders: readonly Reminder[] }) {
  const { day } = useTexts();
  useEffect(() => {
    const timers = reminders
      .map((reminder) => ({ reminder, inMs: Date.parse(reminder.dueAt) - Date.now() }))
      .filter(({ inMs }) => inMs > -LATE_MS && inMs < LONGEST_MS)
      .map(({ reminder, inMs }) => setTimeout(() => tell(reminder, day.dueNow), Math.max(0, inMs)));
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [reminders, day.dueNow]);
  return undefined;
}

/** The same reminder again replaces the one that is shown. */
function tell({ id, dueAt, note, about }: Reminder, title: string): void {
  const tag = `reminder-${id}-${dueAt}`;
  if (sessionStorage.getItem(tag) !== null) return;
  sessionStorage.setItem(tag, 'told');
  const message = [note, about].filter((part) => part !== null && part !== '').join(' · ');
  notifications.show({ id: tag, title, message, color: 'orange', autoClose: false });
  if (document.hidden) notify(title, { body: message, tag });
}
