/** Mail as it lies in mailboxes: several languages and charsets, HTML beside text, quotes, signatures, files, lists. The same number is the same mail. */
export function generateMail(index: number): Buffer {
  const random = numbers(index);
  const writer = pick(writers, random);
  const body = bodies[Math.floor(random() * bodies.length)] ?? plain;
  const head = [
    `Return-Path: <${writer.address}>`,
    `Received: from mx.example.net (mx.example.net [192.0.2.${index % 250}]) by mail.example.com; ${dateOf(index)}`,
    `DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=mail; h=from:to:subject; bh=${base64(random, 32)}; b=${base64(random, 256)}`,
    `From: ${writer.name} <${writer.address}>`,
    'To: Service Desk <desk@example.com>',
    `Subject: ${pick(subjects, random)} ${index}`,
    `Date: ${dateOf(index)}`,
    `Message-ID: <${index}.${Math.floor(random() * 1e9)}@example.net>`,
    ...(index % 3 === 0 ? [`References: <${index - 3}.root@example.net> <${index - 1}.parent@example.net>`] : []),
    ...(index % 11 === 0 ? ['List-Id: News <news.example.net>', 'Precedence: bulk'] : []),
    'MIME-Version: 1.0',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), body(index, random)]);
}

type Random = () => number;
type Body = (index: number, random: Random) => Buffer;

const writers = [
  { name: 'Anna Berg', address: 'anna.berg@example.net' },
  { name: '=?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?=', address: 'j.mueller@example.net' },
  { name: '=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=', address: 'yamada@example.net' },
  { name: '"Vries, Jan de"', address: 'jan@example.net' },
];
const subjects = [
  'Printer on the second floor',
  '=?UTF-8?B?UsO8Y2tmcmFnZSB6dXIgUmVjaG51bmc=?=',
  '=?iso-8859-1?Q?Re=3A_Caf=E9_machine_d=E9fectueuse?=',
  'AW: Wartungstermin',
];
const words =
  'the printer on our floor does not answer any more since this morning and we have tried to start it again twice without success please send somebody before noon because the invoices have to go out today thank you very much for your help'.split(
    ' ',
  );

const signature = '\r\n-- \r\nAnna Berg\r\nExample Company\r\nTel. +44 20 7946 0123\r\n';
const quote =
  '\r\nOn Fri, 20 Nov 2026 at 10:00, Service Desk <desk@example.com> wrote:\r\n> What did you try so far?\r\n> Kind regards\r\n';

function plain(index: number, random: Random): Buffer {
  const head = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  return Buffer.from(`${head}${prose(random, 120)}${index % 2 === 0 ? quote : ''}${signature}`);
}

function latin1(_index: number, random: Random): Buffer {
  const head = 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  return Buffer.from(`${head}Grüße aus Köln. ${prose(random, 200)}${signature}`, 'latin1');
}

function alternative(index: number, random: Random): Buffer {
  const text = prose(random, 250);
  const html = `<html><head><style>p{margin:0}</style></head><body><p>${text}</p><table><tr><td>${prose(random, 80)}</td></tr></table><img src="https://images.example.net/${index}.png"><blockquote type="cite"><p>${prose(random, 100)}</p></blockquote></body></html>`;
  return parts('alternative', [
    `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}${signature}`,
    `Content-Type: text/html; charset=utf-8\r\n\r\n${html}`,
  ]);
}

function withFile(index: number, random: Random): Buffer {
  const file = base64(random, 4_000 + Math.floor(random() * 24_000)).replaceAll(/.{76}/g, '$&\r\n');
  const name = `filename*=UTF-8''Angebot%20${index}%20%E2%82%AC.pdf`;
  return parts('mixed', [
    `Content-Type: text/plain; charset=utf-8\r\n\r\n${prose(random, 150)}${signature}`,
    `Content-Type: application/pdf\r\nContent-Disposition: attachment; ${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}`,
  ]);
}

const bodies: readonly Body[] = [plain, plain, latin1, alternative, alternative, alternative, withFile];

function parts(kind: string, all: readonly string[]): Buffer {
  const inner = all.map((part) => `--=_bench\r\n${part}\r\n`).join('');
  return Buffer.from(`Content-Type: multipart/${kind}; boundary="=_bench"\r\n\r\n${inner}--=_bench--\r\n`);
}

function prose(random: Random, count: number): string {
  const lines = Array.from({ length: Math.ceil(count / 12) }, () =>
    Array.from({ length: 12 }, () => pick(words, random)).join(' '),
  );
  return lines.join('\r\n');
}

function base64(random: Random, bytes: number): string {
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))).toString('base64');
}

function dateOf(index: number): string {
  return new Date(Date.UTC(2026, 9, 1) + index * 60_000).toUTCString().replace('GMT', '+0000');
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Mulberry32. */
function numbers(seed: number): Random {
  let state = seed + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
