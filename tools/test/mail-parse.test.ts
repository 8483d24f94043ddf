import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'switchboard-mail-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\r\n'));
  return path;
}

test('npm run mail:parse prints what is understood, one line of JSON for each message', () => {
  const answer = file(
    'answer.eml',
    'From: "Anna Berg" <anna@example.net>',
    'To: desk@example.com',
    'Subject: =?utf-8?Q?Aufzug_h=C3=A4ngt?=',
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    'Message-ID: <one@example.net>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Please come.',
    '',
    'On 20 November 2026 at 09:00, Desk <desk@example.com> wrote:',
    '> We come.',
    '--b',
    'Content-Type: text/csv; name=parts.csv',
    'Content-Transfer-Encoding: base64',
    '',
    'YSxiCg==',
    '--b--',
    '',
  );
  const away = file(
    'away.eml',
    'From: b@example.net',
    'Subject: Away',
    'Auto-Submitted: auto-replied',
    '',
    'Gone.',
    '',
  );
  const { status, stdout, stderr } = spawnSync(
    'node',
    ['tools/bootstrap.mjs', 'tools/mail-parse.ts', answer, away, '--json'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const [first, second] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(first).toMatchObject({
    file: answer,
    from: [{ name: 'Anna Berg', address: 'anna@example.net' }],
    subject: 'Aufzug hängt',
    replyText: 'Please come.',
    messageId: 'one@example.net',
    verdict: { kind: 'human' },
    attachments: [
      { name: 'parts.csv', bytes: 4, sha256: '5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313' },
    ],
  });
  expect(second).toMatchObject({ file: away, verdict: { kind: 'auto-reply' } });
});
