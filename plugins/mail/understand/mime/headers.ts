/** A header field as it stands: bytes as a binary string (one character per byte), unfolded. */
export interface RawField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** Where the body begins. */
  readonly bodyStart: number;
  readonly broken: boolean;
}

const maxFields = 5_000;
const fieldPattern = /^([!-9;-~]+)[ \t]*:/;
// A line without a colon belongs to the header only when what follows certainly does: a body may begin with "Note: ..." as well.
const knownField =
  /^(?:received|return-path|from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|mime-version|delivered-to|content-[a-z-]+|x-[a-z0-9-]+|dkim-signature|list-[a-z]+|authentication-results|arc-[a-z-]+)[ \t]*:/i;

/** Reads the fields of a message or part that begins at `start`; never goes beyond `end`. */
export function readHeaders(raw: Buffer, start: number, end: number): HeaderBlock {
  const fields: { name: string; value: string }[] = [];
  let broken = false;
  let at = skipEnvelopeLines(raw, start, end);
  while (at < end) {
    const next = nextLine(raw, at, end);
    const line = lineAt(raw, at, next);
    if (line === '') return { fields, bodyStart: next, broken };
    const match = fieldPattern.exec(line);
    const last = fields.at(-1);
    if (match?.[1] !== undefined) {
      if (fields.length < maxFields)
        fields.push({ name: match[1].toLowerCase(), value: withoutNul(line.slice(match[0].length)) });
    } else if (isContinuation(line) && (line.trim() !== '' || goesOn(raw, next, end))) {
      if (last) last.value += withoutNul(line);
    } else if (last && !line.startsWith('--') && goesOn(raw, next, end)) {
      last.value += ` ${withoutNul(line)}`;
      broken = true;
    } else {
      // The empty line between header and body is missing, or holds white space.
      return { fields: fields, bodyStart: line.trim() === '' ? next : at, broken: true };
    }
    at = next;
  }
  return { fields, bodyStart: end, broken };
}

/** No header may hold one (RFC 5322), and what is read from it ends up in PostgreSQL, which refuses it. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** The first value of a field, trimmed; '' when there is none. */
export function firstValue(fields: readonly RawField[], name: string): string {
  return fields.find((field) => field.name === name && field.value.trim() !== '')?.value.trim() ?? '';
}

export function allValues(fields: readonly RawField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value.trim());
}

/** The start of the line after the one at `at`. */
export function nextLine(raw: Buffer, at: number, end: number): number {
  const feed = raw.indexOf(10, at);
  return feed === -1 || feed >= end ? end : feed + 1;
}

/** The line between two line starts as a binary string, without its line end. */
export function lineAt(raw: Buffer, at: number, next: number): string {
  let stop = next;
  if (stop > at && raw[stop - 1] === 10) stop -= 1;
  while (stop > at && raw[stop - 1] === 13) stop -= 1;
  return raw.toString('latin1', at, stop);
}

export function looksLikeField(line: string): boolean {
  return fieldPattern.test(line);
}

function isContinuation(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}

/** Whether the header certainly goes on at `start`: a known field follows, at most a few broken lines further down, and no empty line before. */
function goesOn(raw: Buffer, start: number, end: number): boolean {
  let at = start;
  for (let seen = 0; at < end && seen < 4; seen += 1) {
    const next = nextLine(raw, at, end);
    const line = lineAt(raw, at, next);
    if (knownField.test(line)) return true;
    if (line.trim() === '' || line.startsWith('--')) return false;
    at = next;
  }
  return false;
}

/** mbox separators, a byte order mark and empty lines, which archives and pipes put before the first field. */
function skipEnvelopeLines(raw: Buffer, start: number, end: number): number {
  let at = start;
  if (raw[at] === 0xef && raw[at + 1] === 0xbb && raw[at + 2] === 0xbf) at += 3;
  for (let skipped = 0; at < end && skipped < 20; skipped += 1) {
    const next = nextLine(raw, at, end);
    const line = lineAt(raw, at, next);
    const isEmptyBeforeField = line.trim() === '' && goesOnAfterBlanks(raw, next, end);
    if (!/^>?From /.test(line) && !isEmptyBeforeField) break;
    at = next;
  }
  return at;
}

function goesOnAfterBlanks(raw: Buffer, start: number, end: number): boolean {
  let at = start;
  for (let seen = 0; at < end && seen < 20; seen += 1) {
    const next = nextLine(raw, at, end);
    const line = lineAt(raw, at, next);
    if (line.trim() !== '') return knownField.test(line) || /^>?From /.test(line);
    at = next;
  }
  return false;
}
