import { expect, jest, test } from '@jest/globals';
import { understand } from '../../understand/understand.ts';

const head = 'From: a@example.com\r\nTo: desk@example.org\r\nSubject: x\r\n';

/**
 * Shapes that make readers go quadratic, recurse or run out of memory. Each holds so much that a reader which is not linear would need minutes, and the
 * test's own time limit ends it.
 */
const shapes: readonly (readonly [string, string])[] = [
  ['open comments in an address', `To: ${'('.repeat(200_000)}\r\n${head}\r\nx`],
  ['open brackets and quotes in an address', `To: ${'<"('.repeat(100_000)}\r\n${head}\r\nx`],
  ['encoded words never closed', `${head.replace(': x', `: ${'=?utf-8?q?a'.repeat(50_000)}`)}\r\nx`],
  ['a hundred thousand addresses', `To: ${'a@example.com,'.repeat(100_000)}\r\n${head}\r\nx`],
  ['open comments in a type', `${head}Content-Type: ${'('.repeat(200_000)}\r\n\r\nx`],
  ['parameters without end', `${head}Content-Type: text/plain; ${'a*0*=b;'.repeat(50_000)}\r\n\r\nx`],
  [
    'a million lines that look like boundaries',
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--\n'.repeat(300_000)}`,
  ],
  [
    'a hundred thousand parts',
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
  ],
  [
    'nesting without end',
    head +
      Array.from({ length: 3_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join(
        '',
      ),
  ],
  ['messages in messages', head + `Content-Type: message/rfc822\r\n\r\n${head}`.repeat(300)],
  ['tags never closed', `${head}Content-Type: text/html\r\n\r\n${'<div><blockquote>'.repeat(20_000)}`],
  ['lines of quote marks', `${head}\r\n${'> '.repeat(400)}x\r\n`.repeat(200)],
  ['lines that begin a quote', `${head}\r\n${'On 1/1/2024, 10:00, <a@example.com>\r\n'.repeat(30_000)}`],
  ['lines that end a signature', `${head}\r\nx\r\n${'--\r\n'.repeat(19_000)}`],
  ['one line of everything', `${head}\r\n${'on 1/1/2024 10:00 a@example.com wrote '.repeat(30_000)}`],
  ['spaces', `${head}\r\nOn 1/1/2024${' '.repeat(300_000)}x`],
  ['uuencode that never ends', `${head}\r\n${'begin 644 x\r\n'.repeat(30_000)}`],
];

test.each(shapes)('%s', async (_, raw) => {
  const understood = await understand(Buffer.from(raw, 'latin1'));
  expect(understood.subject.length).toBeGreaterThan(0);
});

test.each([
  ['two hundred thousand characters, which would be shown', 50_000],
  ['two million characters, of which only the text is read', 500_000],
])('tags that are never closed cost as many steps as there are tags: %s', async (_, tags) => {
  const body = `${'<b>'.repeat(tags)}The end`;
  let moved = 0;
  const shift = Array.prototype.unshift;
  const spy = jest.spyOn(Array.prototype, 'unshift').mockImplementation(function (this: unknown[], ...items) {
    moved += this.length;
    // Far beyond what is allowed nobody waits for the end.
    if (moved > tags * 2_000) throw new Error('The list of open tags is shifted again and again');
    return Reflect.apply(shift, this, items);
  });
  try {
    const read = await understand(Buffer.from(`${head}Content-Type: text/html\r\n\r\n${body}`));
    expect(read.text).toBe('The end');
    expect(read.html).toBe('');
    expect(read.problems).toContain('html-too-large');
  } finally {
    spy.mockRestore();
  }
});

test('tags that are nested as nobody does keep their text, and what comes after them', async () => {
  const deep = `${'<div>'.repeat(5_000)}Inside${'</div>'.repeat(5_000)}`;
  const read = await understand(Buffer.from(`${head}Content-Type: text/html\r\n\r\n<p>Before</p>${deep}<p>After</p>`));
  expect(read.text.split(/\s+/)).toEqual(['Before', 'Inside', 'After']);
});

test('more parts than anybody sends are left out and named', async () => {
  const understood = await understand(
    Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(1_200)}`,
    ),
  );
  expect(understood.attachments).toHaveLength(1_000);
  expect(understood.problems).toContain('too-many-parts');
});

test('messages are read ten deep and kept as files below', async () => {
  let raw = `${head}\r\ninnermost`;
  for (let level = 0; level < 14; level += 1) raw = `${head}Content-Type: message/rfc822\r\n\r\n${raw}`;
  let depth = 0;
  let [attached] = (await understand(Buffer.from(raw))).attachments;
  while (attached?.message) {
    depth += 1;
    [attached] = attached.message.attachments;
  }
  expect(depth).toBe(10);
  expect(attached?.mimeType).toBe('message/rfc822');
});

test('NUL in a header field is left out, whichever field it is', async () => {
  const raw = Buffer.from(
    'From: a\u0000@example.com\nSubject: a\0b\nContent-Type: multipart/mixed; boundary=b\n\n' +
      '--b\nContent-Type: application/ms-tnef\0\nContent-ID: <x\0y>\n\nx\n--b--\n',
    'latin1',
  );
  const { from, subject, attachments } = await understand(raw);
  expect([from[0]?.address, subject]).toEqual(['a@example.com', 'ab']);
  expect(attachments[0]).toMatchObject({ mimeType: 'application/ms-tnef', contentId: 'xy' });
});
