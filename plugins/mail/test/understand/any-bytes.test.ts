import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { understand } from '../../understand/understand.ts';

/** Pieces of which broken mail is made; joined at random they reach places that random bytes do not. */
const pieces = [
  'From: ',
  'To: a@example.com, ',
  'Subject: ',
  'Date: Mon, 1 Jan 2024 10:00:00 +0000',
  'Message-ID: <',
  '>',
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ' ',
  '\t',
  'Content-Type: multipart/mixed; boundary="b"',
  'Content-Type: multipart/alternative; boundary=b',
  'Content-Type: message/rfc822',
  '--b',
  '--b--',
  '\n--b\n',
  'Content-Type: text/html; charset=utf-16',
  'Content-Type: text/plain; format=flowed; delsp=yes',
  'Content-Type: message/delivery-status',
  'Content-Type: application/ms-tnef',
  'Content-Type: text/calendar',
  'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  "Content-Disposition: attachment; filename*0*=utf-8''%",
  '=?utf-8?B?',
  '=?iso-2022-jp?Q?=1B',
  '?=',
  '=00',
  '%00',
  '\0',
  '=ED=A0=80',
  '\u00ff',
  '\u00ed\u00a0\u0080',
  '"',
  '(',
  '\\',
  '<',
  ',',
  ';',
  ':',
  '@',
  '> ',
  'On 1/1/2024 a@example.com wrote:',
  '-- ',
  '<blockquote>',
  '<div class="gmail_quote">',
  '<img src=x',
  '&#0;',
  '&#xd800;',
  'begin 644 x\n',
  '`\nend\n',
  'Final-Recipient: rfc822;',
  'Status: 5.1.1',
  'From: mailer-daemon@example.com',
  'Received: x;',
];

const soup = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 60 })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));
const corpus = join(import.meta.dirname, '..', 'corpus');
const messages = readdirSync(corpus)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => readFileSync(join(corpus, file)));
/** A message with pieces cut out, moved and doubled, as gateways and disks do it. */
const mutated = fc
  .record({
    message: fc.constantFrom(...messages),
    cuts: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200), fc.constantFrom('', ...pieces)), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ message, cuts }) =>
    cuts.reduce((raw, [place, length, piece]) => {
      const at = Math.floor(place * raw.length);
      return Buffer.concat([raw.subarray(0, at), Buffer.from(piece, 'latin1'), raw.subarray(at + length)]);
    }, message),
  );
const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));

/** Every string in a value, however deep. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(stringsIn);
}

test.each([
  ['pieces of mail', soup],
  ['mutated messages', mutated],
  ['bytes', bytes],
])('any %s are understood, without NUL and without lone surrogates', async (_, samples) => {
  await fc.assert(
    fc.asyncProperty(samples, async (raw) => {
      for (const text of stringsIn(await understand(raw))) {
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain('\0');
      }
    }),
    { numRuns: 200 },
  );
});

test('the same message is understood the same way twice', async () => {
  await fc.assert(
    fc.asyncProperty(soup, async (raw) => {
      expect(await understand(raw)).toEqual(await understand(raw));
    }),
    { numRuns: 50 },
  );
});
