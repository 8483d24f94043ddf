import { expect, test } from '@jest/globals';
import { understand } from '../../understand/understand.ts';

const message = (lines: readonly string[], type = 'text/plain') =>
  Buffer.from(['From: anna@example.net', `Content-Type: ${type}`, '', ...lines, ''].join('\r\n'), 'latin1');

const yenc = ['=ybegin line=128 size=5 name=plan b.bin', '\x92\x8f\x96\x96\x99', '=yend size=5 crc32=00000000'];
const binhex = ['(This file must be converted with BinHex 4.0)', '', ':$f*TEQKPH#jdH(3"8J2L', '!!!:'];

test.each([
  ['yEnc', yenc, 'plan b.bin'],
  ['BinHex', binhex, 'file.hqx'],
])('a file in %s that stands in the text is listed as it is, and is no text', async (_coding, block, name) => {
  const raw = message(['Please look.', '', ...block, 'Anna']);
  const { text, attachments, problems } = await understand(raw, { contents: true });
  expect(text.replaceAll(/\s+/g, ' ').trim()).toBe('Please look. Anna');
  expect(attachments).toMatchObject([{ name }]);
  expect(Buffer.from(attachments[0]?.content ?? []).toString('latin1')).toBe(`${block.join('\r\n')}\r\n`);
  expect(problems).toContain('undecoded-file');
});

test.each([
  ['without an end', yenc.slice(0, 2)],
  ['named in passing', ['I do not know how =ybegin size=1 name=x works.', '=yend size=1']],
  ['without a name', ['=ybegin line=128', 'x', '=yend size=5']],
])('what only looks like one stays text: %s', async (_why, lines) => {
  const { text, attachments, problems } = await understand(message(lines));
  expect(text).toContain('=ybegin');
  expect(attachments).toEqual([]);
  expect(problems).not.toContain('undecoded-file');
});

test('a hundred thousand beginnings take no longer than their length', async () => {
  const many = await understand(message(Array.from({ length: 100_000 }, () => '=ybegin line=128 size=5 name=x')));
  expect(many.attachments).toEqual([]);
});

test('a piece of a message is said to be one', async () => {
  const raw = message(['The first half'], 'message/partial; id="a@example.net"; number=1; total=2');
  const { attachments, problems } = await understand(raw);
  expect(attachments).toMatchObject([{ mimeType: 'message/partial' }]);
  expect(problems).toContain('partial-message');
});

test('a BinHex file as a part is listed as it is', async () => {
  const raw = message(binhex, 'application/mac-binhex40; name=plan.hqx');
  const { attachments, problems } = await understand(raw);
  expect(attachments).toMatchObject([{ name: 'plan.hqx' }]);
  expect(problems).toContain('undecoded-file');
});
