import { expect, test } from '@jest/globals';
import type { Changes, PluginContext } from '@switchboard/core/contract';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import { reportSilence } from '../../receive/silence.ts';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-11-22T10:00:00Z');

/** What is told of a mailbox that was read so many hours ago. */
async function toldOf(mailbox: { readonly isActive: boolean; readonly silentSince?: Date; readonly hoursAgo: number }) {
  const committed: Changes[] = [];
  const told = {
    commit: async (changes: Changes) => void committed.push(changes),
    clock: { now: () => now },
    log: { error: () => undefined },
  } as unknown as Pick<PluginContext, 'commit' | 'clock' | 'log'>;
  const lastSuccessAt = new Date(now - mailbox.hoursAgo * HOUR_MS);
  await reportSilence(
    told,
    [{ address: 'desk@example.com', lastError: '', ...mailbox, lastSuccessAt } as unknown as Mailbox],
    HOUR_MS,
  );
  return committed.flatMap(({ notes = [] }) => notes.map(({ result, summary }) => `${result}: ${summary}`));
}

test('a silence is told once, and its end', async () => {
  const known = { silentSince: new Date(now - HOUR_MS) };
  expect(await toldOf({ isActive: true, hoursAgo: 2 })).toEqual([
    expect.stringMatching(/^failed: .*could not be read for 60 minutes/),
  ]);
  expect(await toldOf({ isActive: true, hoursAgo: 2, ...known })).toEqual([]);
  expect(await toldOf({ isActive: true, hoursAgo: 0, ...known })).toEqual([
    'done: The mailbox desk@example.com is read again.',
  ]);
});

test('a silent mailbox that then refuses the password is not told as read again', async () => {
  expect(await toldOf({ isActive: false, hoursAgo: 2, silentSince: new Date(now - HOUR_MS) })).toEqual([]);
});
