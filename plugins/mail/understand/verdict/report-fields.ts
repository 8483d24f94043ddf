import { decodeText } from '../mime/words.ts';

export interface ReportField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** The fields of a machine-readable report part: folded lines joined, an empty line as a field without a name. */
export function readReportFields(source: string): ReportField[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of source.split(/\r*\n|\r/)) {
    const last = fields.at(-1);
    const match = /^([!-9;-~]{1,100})\s*:(.*)$/.exec(line);
    if (line.trim() === '') fields.push({ name: '', value: '' });
    else if (/^\s/.test(line) && last && last.name !== '') last.value += ` ${line.trim()}`;
    else if (match?.[1] !== undefined) fields.push({ name: match[1].toLowerCase(), value: (match[2] ?? '').trim() });
    else if (last && last.name !== '') last.value += ` ${line.trim()}`;
  }
  return fields.map(({ name, value }) => ({
    name,
    value: decodeText(value.includes('=?') ? value : Buffer.from(value, 'utf8').toString('latin1')),
  }));
}

/** `rfc822; <joe@example.com>` without its type; utf-8 addresses (RFC 6533) with their escapes undone. */
export function addressIn(value: string): string {
  const rest = value.replace(/^\s*[a-z0-9-]{1,40}\s*;\s*/i, '').trim();
  const address = /<([^<>]+)>/.exec(rest)?.[1] ?? rest;
  return address
    .replaceAll(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, hex: string) =>
      Number.parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(hex, 16)) : whole,
    )
    .replaceAll(/^["'<]+|["'>]+$/g, '')
    .trim()
    .slice(0, 320)
    .toWellFormed();
}
