import { afterEach, expect, test } from '@jest/globals';
import { PayloadError } from '@switchboard/core/contract';
import { createPreparing, type Preparing, type PreparingOptions } from '../../receive/preparing.ts';

const opened: Preparing[] = [];

function openPreparing(options: PreparingOptions) {
  const { prepare, close } = createPreparing(options);
  opened.push({ prepare, close });
  const read = async (raw: Buffer) => {
    const { id, columns } = await prepare(raw, { isOutgoing: false });
    return { id, ...(JSON.parse(columns.toString()) as { subject: string }) };
  };
  return { close, read };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

const message = (subject: string, body = 'x') =>
  Buffer.from(`From: a@example.com\r\nSubject: ${subject}\r\n\r\n${body}`);

test('threads read many messages, each answer belongs to its message', async () => {
  const { read } = openPreparing({ workers: 2 });
  const subjects = Array.from({ length: 40 }, (_, index) => `number ${index}`);
  const prepared = await Promise.all(subjects.map((subject) => read(message(subject))));
  expect(prepared.map(({ subject }) => subject)).toEqual(subjects);
  expect(new Set(prepared.map(({ id }) => id)).size).toBe(subjects.length);
}, 120_000);

test('a message that takes too much memory is refused for good; one that was read together with it is read', async () => {
  const { read } = openPreparing({ workers: 1, memoryLimitMb: 32, togetherBytes: 40_000_000 });
  // Millions of lines: more than the heap that this test allows.
  const poison = message('poison', 'word \r\n'.repeat(4_000_000));
  const [first, healthy, harmful] = await Promise.allSettled([
    // While the thread reads this one, the others wait and go to it together.
    read(message('first')),
    read(message('healthy')),
    read(poison),
  ]);
  expect(first).toMatchObject({ status: 'fulfilled', value: { subject: 'first' } });
  expect(healthy).toMatchObject({ status: 'fulfilled', value: { subject: 'healthy' } });
  expect(harmful).toMatchObject({ status: 'rejected', reason: expect.any(PayloadError) });
}, 120_000);

test('a message that takes too long is refused for good, however long its thread took to start', async () => {
  const { read } = openPreparing({ workers: 1, timeLimitMs: 200 });
  // Tags that are never closed: minutes.
  const slow = Buffer.from(
    `From: a@example.com\r\nContent-Type: text/html\r\nSubject: slow\r\n\r\n${'<b>'.repeat(680_000)}`,
  );
  await expect(read(slow)).rejects.toThrow('takes too long');
}, 120_000);

test('a message over the cap is not even looked at', async () => {
  const { read } = openPreparing({ workers: 1, maxBytes: 10 });
  await expect(read(message('long'))).rejects.toThrow('too large');
});

test('closing says nothing about the messages that were under way', async () => {
  const { read, close } = openPreparing({ workers: 1 });
  const underWay = Promise.allSettled([read(message('x'))]);
  await close();
  expect(await underWay).toMatchObject([{ status: 'rejected', reason: { code: 'postponed' } }]);
});
