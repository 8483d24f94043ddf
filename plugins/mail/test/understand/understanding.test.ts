import { afterEach, expect, test } from '@jest/globals';
import { PayloadError } from '@switchboard/core/contract';
import { readAttachment } from '../../understand/read-attachment.ts';
import { createUnderstanding, type Understanding, type UnderstandingOptions } from '../../understand/understanding.ts';

const opened: Understanding[] = [];

function openUnderstanding(options: UnderstandingOptions): Understanding {
  const understanding = createUnderstanding(options);
  opened.push(understanding);
  return understanding;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((understanding) => understanding.close()));
});

const message = (subject: string, body = 'x') =>
  Buffer.from(`From: a@example.com\r\nSubject: ${subject}\r\n\r\n${body}`);

test('threads read many messages, each answer belongs to its message', async () => {
  const { understand } = openUnderstanding({ workers: 2 });
  const subjects = Array.from({ length: 40 }, (_, index) => `number ${index}`);
  const read = await Promise.all(subjects.map((subject) => understand(message(subject))));
  expect(read.map(({ subject }) => subject)).toEqual(subjects);
});

test('a message that takes too much memory is refused for good; those before and behind it are read', async () => {
  const { understand } = openUnderstanding({ workers: 1, memoryLimitMb: 48 });
  // A hundred thousands of open tags: more than the heap that this test allows.
  const poison = message('poison', '<b>'.repeat(680_000))
    .toString()
    .replace('Subject', 'Content-Type: text/html\r\nSubject');
  const [before, harmful, behind] = await Promise.allSettled([
    understand(message('before')),
    understand(Buffer.from(poison)),
    understand(message('behind')),
  ]);
  expect(before).toMatchObject({ status: 'fulfilled', value: { subject: 'before' } });
  expect(harmful).toMatchObject({ status: 'rejected', reason: expect.any(PayloadError) });
  expect(behind).toMatchObject({ status: 'fulfilled', value: { subject: 'behind' } });
});

test('a message that takes too long is refused for good', async () => {
  const { understand } = openUnderstanding({ workers: 1, timeLimitMs: 1 });
  await expect(understand(message('slow'))).rejects.toThrow(PayloadError);
});

test('a message over the cap is not even looked at', async () => {
  const { understand } = openUnderstanding({ workers: 1, maxBytes: 10 });
  await expect(understand(message('long'))).rejects.toThrow('too large');
});

test('closing says nothing about the messages that were under way', async () => {
  const { understand, close } = openUnderstanding({ workers: 1 });
  const underWay = Promise.allSettled([understand(message('x'))]);
  await close();
  expect(await underWay).toMatchObject([{ status: 'rejected', reason: { code: 'postponed' } }]);
});

test('the bytes of a file are found again by its section', async () => {
  const raw = Buffer.from(
    'From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/x-a; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--b--\r\n',
  );
  expect(Buffer.from(await readAttachment(raw, '2'))).toEqual(Buffer.from([0, 1, 2, 255]));
  await expect(readAttachment(raw, '7')).rejects.toMatchObject({ code: 'not-found' });
});
