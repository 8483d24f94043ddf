import type { TextLine } from '../text/line.ts';
import { disclaimer, mobileSignature, mobileSignatureEnd } from './phrases.ts';

const maxSignatureLines = 25;
const maxSignatureLength = 2_500;

/** The lines without the signature below them. Something always stays: a mail of a signature alone is shown whole by the caller. */
export function withoutSignature(lines: readonly TextLine[]): readonly TextLine[] {
  const unmarked = trimmed(lines.filter((line) => line.mark !== 'signature'));
  const unsigned = withoutDelimited(withoutDisclaimer(unmarked));
  return withoutMobile(withoutDelimited(withoutMobile(unsigned)));
}

/** `-- ` by the book; without the space, as a long dash or as underscores by habit. */
function withoutDelimited(lines: readonly TextLine[]): readonly TextLine[] {
  const first = lines.findIndex((line) => line.text.trim() !== '' && line.depth === 0);
  const at = lines.findIndex(
    (line, index) => index > first && line.depth === 0 && isDelimiter(line.text) && isShort(lines, index + 1),
  );
  return first === -1 || at === -1 ? lines : trimmed(lines.slice(0, at));
}

export function isDelimiter(text: string): boolean {
  return /^\s{0,2}(?:--\s?|[\u2013\u2014]{1,20}\s?|_{2,}\s*|-{2,6}\s*|\*{3,}\s*)$/.test(text);
}

/** Looks no further than a signature may be long. */
function isShort(lines: readonly TextLine[], from: number): boolean {
  let filled = 0;
  let length = 0;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || line.text.trim() === '') continue;
    filled += 1;
    length += line.text.length;
    if (line.depth > 0 || filled > maxSignatureLines || length > maxSignatureLength) return false;
  }
  return true;
}

export function isMobileSignature(text: string): boolean {
  const line = text.trim();
  return line.length <= 200 && (mobileSignature.test(line) || mobileSignatureEnd.test(line));
}

function withoutMobile(lines: readonly TextLine[]): readonly TextLine[] {
  let kept = trimmed(lines);
  for (let round = 0; round < 3; round += 1) {
    const last = kept.at(-1);
    if (!last || last.depth > 0 || !isMobileSignature(last.text)) return kept;
    const rest = trimmed(kept.slice(0, -1));
    if (!hasText(rest)) return kept;
    kept = rest;
  }
  return kept;
}

/** From the paragraph with which a disclaimer begins to the end. */
function withoutDisclaimer(lines: readonly TextLine[]): readonly TextLine[] {
  const at = lines.findIndex((line, index) => {
    const before = lines[index - 1];
    const opensParagraph = before === undefined || before.text.trim() === '' || /^\W+$/.test(before.text);
    return (
      index > 0 &&
      line.depth === 0 &&
      line.text.length > 8 &&
      opensParagraph &&
      disclaimer.test(line.text) &&
      textLength(lines.slice(index)) > 80
    );
  });
  if (at === -1 || textLength(lines.slice(at)) > 6_000) return lines;
  const rest = trimmed(lines.slice(0, at));
  return hasText(rest) ? rest : lines;
}

function textLength(lines: readonly TextLine[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

function hasText(lines: readonly TextLine[]): boolean {
  return lines.some((line) => line.text.trim() !== '' && line.depth === 0);
}

function trimmed(lines: readonly TextLine[]): readonly TextLine[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.text.trim() === '') end -= 1;
  let start = 0;
  while (start < end && lines[start]?.text.trim() === '') start += 1;
  return lines.slice(start, end);
}
