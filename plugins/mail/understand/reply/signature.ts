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
  const at = lines.findIndex(
    (line, index) =>
      index > 0 &&
      line.depth === 0 &&
      isDelimiter(line.text) &&
      isShort(lines.slice(index + 1)) &&
      hasText(lines.slice(0, index)),
  );
  return at === -1 ? lines : trimmed(lines.slice(0, at));
}

function isDelimiter(text: string): boolean {
  return /^\s{0,2}(?:--\s?|[\u2013\u2014]\s?|_{2,}\s*|-{2,6}\s*|\*{3,}\s*)$/.test(text);
}

function isShort(lines: readonly TextLine[]): boolean {
  const filled = lines.filter((line) => line.text.trim() !== '');
  return (
    filled.every((line) => line.depth === 0) &&
    filled.length <= maxSignatureLines &&
    filled.reduce((sum, line) => sum + line.text.length, 0) <= maxSignatureLength
  );
}

function withoutMobile(lines: readonly TextLine[]): readonly TextLine[] {
  let kept = trimmed(lines);
  for (let round = 0; round < 3; round += 1) {
    const last = kept.at(-1);
    if (
      !last ||
      last.depth > 0 ||
      last.text.length > 200 ||
      !(mobileSignature.test(last.text.trim()) || mobileSignatureEnd.test(last.text.trim()))
    )
      return kept;
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
