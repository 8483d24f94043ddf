import { expect, test } from '@jest/globals';
import { createBook } from '../../calls/live/book.ts';
import { createCallWatch } from '../../calls/live/watch.ts';
import type { Participant } from '../../calls/wire/participant.ts';
import { fakeContext } from '../fake-context.ts';
import { ids, rows } from '../fixtures.ts';

const at = '2026-11-21T12:00:00.000Z';

function rings(callId: number, id: number): Participant {
  const party = { dn: '10007', type: 'Wexternalline', number: '+31201234567', name: '', did: '' };
  return { id, dn: '101', callId, status: 'Ringing', party, queue: { dn: '', kind: 'queue' } };
}

function open() {
  const context = fakeContext();
  return { context, book: createBook(context, ({ callId }) => String(callId)) };
}

test('the next process finds every call that goes on, however many there are', async () => {
  const { context, book } = open();
  const callIds = Array.from({ length: 2500 }, (_, index) => index + 1);
  for (const callId of callIds) {
    book.see(rings(callId, callId), '', at);
    const entry = book.get(callId);
    if (entry !== undefined) await context.commit({ store: [book.keep(entry.call, entry.told)] });
  }
  const next = createBook(context, ({ callId }) => String(callId));
  await next.open();
  expect(next.unfinished().toSorted((one, other) => one - other)).toEqual(callIds);
});

test('a participant who moves to another call leaves the one before', () => {
  const { book } = open();
  expect(book.see(rings(1, 8001), '', at)).toEqual([1]);
  expect(book.see(rings(2, 8001), '', at)).toEqual([1, 2]);
  expect(book.present().map(({ participantId }) => participantId)).toEqual([8001]);
  expect(book.leave('101', 8001, at)).toEqual([2]);
  expect(book.leave('101', 8001, at)).toEqual([]);
});

test('a call whose end was told is remembered for a minute, and one whose end was not told until it is', () => {
  const { context, book } = open();
  for (const callId of [1, 2]) {
    book.see(rings(callId, callId), '', at);
    book.leave('101', callId, at);
  }
  book.settle(1, { answers: 0, isOver: true, isShown: true });
  expect(book.unfinished()).toEqual([2]);
  context.advance(61_000);
  book.see(rings(3, 3), '', at);
  expect([1, 2, 3].map((callId) => book.get(callId) !== undefined)).toEqual([false, true, true]);
});

test('a caller with very long lists is shown the beginning of them: an item of the feed has its limit', async () => {
  const malfunction = Array.from({ length: 20 }, (_, index) => ({
    id: `${ids.other.slice(0, -2)}${index + 10}`,
    name: '☂'.repeat(200),
    status: 'IN_REPAIR',
    severity: 'MAJOR',
    isMajor: true,
    announcement: '☂'.repeat(1000),
    locationId: ids.office,
  }));
  const context = fakeContext({ ...rows, malfunction });
  await createCallWatch(context).seen(rings(1, 8001));
  const [card] = [...context.live.values()].map(({ data }) => data as { malfunctions: unknown[] });
  expect(card?.malfunctions).toHaveLength(10);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(64 * 1024);
});
