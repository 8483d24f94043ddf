import { decodeText } from './words.ts';
import type { UuSplit } from './uuencode.ts';

/**
 * Takes files in yEnc and in BinHex 4.0 out of a text, each as it stands there: programs that use them are on the other side, and their files are
 * opened with what they come from. What has a beginning and no end is text.
 */
export function splitArmoured(body: Buffer): UuSplit {
  const kept: Buffer[] = [];
  const files: { name: string; bytes: Buffer }[] = [];
  let keptFrom = 0;
  for (const { start, end, name } of armoursIn(body)) {
    kept.push(body.subarray(keptFrom, start));
    files.push({ name, bytes: body.subarray(start, end) });
    keptFrom = end;
  }
  if (files.length === 0) return { text: body, files };
  kept.push(body.subarray(keptFrom));
  return { text: Buffer.concat(kept), files };
}

interface Armour {
  readonly start: number;
  /** Behind its last line. */
  readonly end: number;
  readonly name: string;
}

function armoursIn(body: Buffer): Armour[] {
  const found = [...armours(body, yenc), ...armours(body, binhex)].toSorted((one, other) => one.start - other.start);
  let last = 0;
  return found.filter(({ start, end }) => {
    const isFree = start >= last;
    if (isFree) last = end;
    return isFree;
  });
}

interface Kind {
  readonly begin: string;
  /** The name in the first line; undefined where that line is only like one. */
  readonly nameIn: (firstLine: string) => string | undefined;
  /** Where its last line begins. */
  readonly lastLine: (body: Buffer, from: number) => number;
}

const yenc: Kind = {
  begin: '=ybegin ',
  nameIn: (line) => /\bsize=\d{1,15}\b.*\bname=(.{1,255})$/.exec(line)?.[1]?.trim(),
  lastLine: (body, from) => {
    const before = body.indexOf('\n=yend ', from);
    return before === -1 ? -1 : before + 1;
  },
};

const binhex: Kind = {
  begin: '(This file must be converted with BinHex',
  nameIn: () => 'file.hqx',
  lastLine: (body, from) => {
    const first = body.indexOf('\n:', from);
    return first === -1 ? -1 : body.indexOf(':', first + 2);
  },
};

function* armours(body: Buffer, { begin, nameIn, lastLine }: Kind): Generator<Armour> {
  let at = 0;
  for (;;) {
    const start = body.indexOf(begin, at);
    if (start === -1) return;
    const behind = lineEnd(body, start);
    at = behind;
    const isAtLineStart = start === 0 || body[start - 1] === 10;
    const name = isAtLineStart ? nameIn(decodeText(body.toString('latin1', start, behind).trimEnd())) : undefined;
    if (name === undefined) continue;
    const last = lastLine(body, behind - 1);
    // No other has an end, either: looking for it each time would take long.
    if (last === -1) return;
    at = lineEnd(body, last);
    yield { start, end: at, name };
  }
}

function lineEnd(body: Buffer, from: number): number {
  const end = body.indexOf('\n', from);
  return end === -1 ? body.length : end + 1;
}
