import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { closeGaps, openGaps } from '../../files/gaps.ts';
import { understandWithFiles } from '../../understand/understand.ts';

const corpus = join(import.meta.dirname, '..', 'corpus');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
/** Bytes that repeat nowhere. */
const content = Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * index * 31 + index * 7) % 251));
const other = Buffer.from(content).reverse();

async function opened(raw: Buffer) {
  const { mail, files } = await understandWithFiles(raw, {});
  const found = files.map((file, index) => ({ ...file, sha256: mail.attachments[index]?.sha256 ?? '' }));
  const { rest, gaps, taken } = openGaps(raw, found);
  const closed = closeGaps(rest, gaps, (id) => taken.get(id) ?? Buffer.alloc(0));
  return { rest, gaps, taken, closed, mail };
}

const broken = (digits: string, width: number, end: string): string =>
  width === 0 ? digits : (digits.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);

function withParts(...all: readonly string[]): Buffer {
  const head =
    'From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\npreamble\r\n';
  const parts = ['Content-Type: text/plain\r\n\r\nSee the files.', ...all];
  return Buffer.from(`${head}${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\nepilogue\r\n`, 'latin1');
}

const part = (encoding: string, body: string): string =>
  `Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
const digits = content.toString('base64');

describe('base64 that can be written again as it was', () => {
  test.each<[string, string]>([
    ['in lines of 76', broken(digits, 76, '\r\n')],
    ['in lines of 60', broken(digits, 60, '\r\n')],
    ['in lines that end as on Unix', broken(digits, 72, '\n')],
    ['in one line', digits],
    ['between empty lines', `\r\n \r\n${broken(digits, 76, '\r\n')}\r\n\r\n`],
    ['with a last line that is full', broken(content.subarray(0, 57 * 90).toString('base64'), 76, '\r\n')],
  ])('%s is kept decoded', async (_name, body) => {
    const raw = withParts(part('base64', body));
    const { rest, gaps, taken, closed, mail } = await opened(raw);
    expect(closed.equals(raw)).toBe(true);
    expect(gaps.map(({ file }) => file)).toEqual(mail.attachments.map((attachment) => attachment.sha256));
    for (const [id, bytes] of taken) expect(sha256(bytes)).toBe(id);
    expect(content.includes([...taken.values()][0] ?? Buffer.from('none'))).toBe(true);
    expect(rest.length).toBeLessThan(600);
  });
});

describe('what would come out differently is kept as it stands', () => {
  test.each<[string, string]>([
    ['lines of odd widths', `${digits.slice(0, 70)}\r\n${broken(digits.slice(70), 75, '\r\n')}`],
    ['lines of two kinds', `${digits.slice(0, 76)}\n${broken(digits.slice(76), 76, '\r\n')}`],
    ['white space within lines', broken(digits, 76, ' \r\n')],
    ['foreign characters', broken(digits, 76, '\r\n').replace('\r\n', '\r\n*!*')],
    ['no padding', broken(other.subarray(0, 5_000).toString('base64').replaceAll('=', ''), 76, '\r\n')],
    ['bits behind the last byte', `${broken(digits, 76, '\r\n')}\r\nQUI=\r\nQUJ=`],
    ['text behind the end', `${broken(digits, 76, '\r\n')}==\r\n-- \r\nThe list\r\n`],
  ])('%s', async (_name, body) => {
    const raw = withParts(part('base64', body));
    const { gaps, closed } = await opened(raw);
    expect(closed.equals(raw)).toBe(true);
    expect(gaps).toMatchObject([{ lines: null }]);
  });

  test.each([
    ['quoted-printable', 'A line with =C3=A4 and a soft end=\r\n that goes on\r\n'.repeat(60)],
    ['8bit', 'Bytes \u00e4\u00ff as they are\r\n'.repeat(120)],
    ['x-uuencode', `begin 644 a.bin\r\n${'#86)C\r\n'.repeat(500)}\`\r\nend`],
    ['unheard-of', 'whatever\r\n'.repeat(400)],
  ])('%s', async (encoding, body) => {
    const raw = withParts(part(encoding, body));
    const { gaps, taken, closed } = await opened(raw);
    expect(closed.equals(raw)).toBe(true);
    expect(gaps).toMatchObject([{ lines: null }]);
    for (const [id, bytes] of taken) expect(sha256(bytes)).toBe(id);
  });
});

test('several files lie in their places, and one that comes twice is taken out once', async () => {
  const one = part('base64', broken(digits, 76, '\r\n'));
  const second = part('base64', broken(other.toString('base64'), 76, '\r\n'));
  const raw = withParts(one, second, part('base64', 'c21hbGw='), one);
  const { gaps, taken, closed } = await opened(raw);
  expect(closed.equals(raw)).toBe(true);
  expect(gaps).toHaveLength(3);
  expect([...taken.keys()]).toEqual([sha256(content), sha256(other)]);
});

test('equal content is one file, however each sender has broken its lines', async () => {
  const all = await Promise.all(
    [broken(digits, 76, '\r\n'), broken(digits, 64, '\n'), digits].map(
      async (body) => await opened(withParts(part('base64', body))),
    ),
  );
  expect(new Set(all.flatMap(({ taken }) => [...taken.keys()]))).toEqual(new Set([sha256(content)]));
});

test('a signed and an encrypted message come back byte by byte', async () => {
  const file = part('base64', broken(digits, 64, '\r\n'));
  const signed = Buffer.from(
    `Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n--s\r\n` +
      `Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n${file}\r\n--m--\r\n\r\n--s\r\n` +
      `Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
      `${broken(other.toString('base64'), 64, '\r\n')}\r\n--s--\r\n`,
  );
  const encrypted = Buffer.from(
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e\r\n\r\n--e\r\n` +
      `Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\n` +
      `-----BEGIN PGP MESSAGE-----\r\n\r\n${broken(digits, 64, '\r\n')}\r\n=abcd\r\n-----END PGP MESSAGE-----\r\n--e--\r\n`,
  );
  for (const [raw, files] of [
    [signed, 2],
    [encrypted, 1],
  ] as const) {
    const { gaps, closed } = await opened(raw);
    expect(closed.equals(raw)).toBe(true);
    expect(gaps).toHaveLength(files);
  }
});

test('a message with the line ends of old Macs stays whole', async () => {
  const raw = Buffer.from(withParts(part('base64', digits)).toString('latin1').replaceAll('\r\n', '\r'), 'latin1');
  const { rest, gaps } = await opened(raw);
  expect(gaps).toEqual([]);
  expect(rest.equals(raw)).toBe(true);
});

test('every message of the corpus comes back byte by byte', async () => {
  for (const name of await readdir(corpus)) {
    const raw = await readFile(join(corpus, name));
    const { closed } = await opened(raw);
    expect([name, closed.equals(raw)]).toEqual([name, true]);
  }
});
