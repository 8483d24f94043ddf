import type { TextLine } from '../text/line.ts';
import {
  addresslike,
  attributionEnd,
  attributionStart,
  datelike,
  eastAsianAttribution,
  forwarded,
  headerFieldKind,
  originalMessage,
  verbBeforeName,
} from './phrases.ts';
import { isDelimiter, isMobileSignature } from './signature.ts';

export interface Quotes {
  /** The lines that are not quoted, or quoted between answers. */
  readonly kept: readonly TextLine[];
  readonly isForward: boolean;
}

type Role = 'own' | 'quote' | 'lead' | 'rest';

const maxAttributionLines = 5;
const maxLineLength = 1_000;

/**
 * Gives each line its role. own: written by the sender. quote: marked as quoted. lead: the line that introduces a quote. rest: all below the header of
 * an earlier mail, which Outlook and others do not mark.
 */
export function findQuotes(lines: readonly TextLine[]): Quotes {
  const roles: Role[] = lines.map((line) =>
    line.depth > 0 || line.mark === 'quote' ? 'quote' : line.mark === 'attribution' ? 'lead' : 'own',
  );
  const lastQuote = roles.lastIndexOf('quote');
  markWrapped(lines, roles);
  markFooter(lines, roles, lastQuote);
  let hasLead = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    hasLead ||= roles[at] === 'lead';
    if (!line || roles[at] !== 'own' || line.text.trim() === '') continue;
    if (!hasLead && isForward(line)) return { kept: lines, isForward: true };
    const lead = attributionLength(lines, roles, at);
    if (lead > 0) {
      for (let step = 0; step < lead; step += 1) roles[at + step] = 'lead';
      const next = nextFilled(lines, at + lead);
      // No mark on what follows, nor further down: then all of it is the earlier mail.
      if (next !== -1 && roles[next] === 'own' && next > lastQuote) markRest(roles, at + lead);
      at += lead - 1;
    } else if (beginsEarlierMail(lines, at)) {
      markRest(roles, at);
      break;
    }
  }
  return { kept: choose(lines, roles), isForward: false };
}

function isForward(line: TextLine): boolean {
  return line.text.length < 200 && forwarded.test(line.text);
}

function markRest(roles: Role[], from: number): void {
  for (let at = from; at < roles.length; at += 1) roles[at] = 'rest';
}

/** The end of a quoted line that was too long, and lost its mark when it was broken: it goes on in the middle of a sentence. */
function markWrapped(lines: readonly TextLine[], roles: Role[]): void {
  for (let at = 1; at < lines.length; at += 1) {
    const before = lines[at - 1]?.text ?? '';
    const text = lines[at]?.text ?? '';
    const isWrapped =
      roles[at] === 'own' &&
      roles[at - 1] === 'quote' &&
      before.length >= 55 &&
      before.length < 200 &&
      text.length < 90;
    if (isWrapped && /^\p{Ll}/u.test(text) && !/[.?!:;]["')\]]?\s*$/.test(before)) roles[at] = 'quote';
  }
}

/** A signature or the footer of a list below the quote is no answer to it. */
function markFooter(lines: readonly TextLine[], roles: Role[], lastQuote: number): void {
  const at = lastQuote === -1 ? -1 : nextFilled(lines, lastQuote + 1);
  if (at === -1 || roles[at] !== 'own') return;
  const text = (lines[at]?.text ?? '').slice(0, maxLineLength);
  const isLastLine = nextFilled(lines, at + 1) === -1;
  if (isDelimiter(text) || /^[_-]{10,}\s*$/.test(text) || (isLastLine && isMobileSignature(text))) markRest(roles, at);
}

function nextFilled(lines: readonly TextLine[], from: number): number {
  for (let at = from; at < lines.length; at += 1)
    if (lines[at]?.text.trim() !== '' || (lines[at]?.depth ?? 0) > 0) return at;
  return -1;
}

/** How many lines, beginning at `at`, introduce a quote; 0 when none do. Long ones are broken by the client: "On ..., X\n<x@example.com> wrote:". */
function attributionLength(lines: readonly TextLine[], roles: readonly Role[], at: number): number {
  let joined = '';
  for (let count = 1; count <= maxAttributionLines; count += 1) {
    const line = lines[at + count - 1];
    if (!line || roles[at + count - 1] !== 'own' || line.text.trim() === '' || line.text.length > maxLineLength)
      return 0;
    joined = joined === '' ? line.text.trim() : `${joined} ${line.text.trim()}`;
    if (joined.length > maxLineLength) return 0;
    if (isAttribution(joined, leadsToQuote(lines, roles, at + count))) return count;
    if (count === 1 && !mayBegin(joined)) return 0;
  }
  return 0;
}

function leadsToQuote(lines: readonly TextLine[], roles: readonly Role[], from: number): boolean {
  const next = nextFilled(lines, from);
  return next !== -1 && roles[next] === 'quote';
}

function mayBegin(text: string): boolean {
  return attributionStart.test(text) || datelike.test(text) || addresslike.test(text) || /^[<"'“]/.test(text);
}

/** With a quote right behind it, less is asked of the line. */
function isAttribution(text: string, quoteFollows: boolean): boolean {
  const hasColon = /[:：]$/.test(text);
  if (!hasColon && !quoteFollows) return isWithoutColon(text);
  if (hasColon && eastAsianAttribution.test(text)) return true;
  const tells = datelike.test(text) || addresslike.test(text);
  const endsSo = (tells || text.length < 300) && (attributionEnd.test(text) || verbBeforeName.test(text));
  if (quoteFollows) return (endsSo && (hasColon || tells)) || isBareAttribution(text);
  if (/^\W{0,2}\d/.test(text) && text.length < 200 && isBareAttribution(text)) return true;
  return endsSo && tells && (attributionStart.test(text) || /^\W*\d/.test(text) || addresslike.test(text));
}

/** Zoho ends its line with the bare word; so much else has to be there that nobody's sentence fits. */
function isWithoutColon(text: string): boolean {
  return (
    /\bwrote$/i.test(text) &&
    text.length < 200 &&
    attributionStart.test(text) &&
    addresslike.test(text) &&
    /\d{1,2}:\d{2}/.test(text)
  );
}

/** "12.03.2024, 10:15, "X" <x@example.com>:" of Yandex; "2024-03-12 10:15 GMT+01:00 X <x@example.com>:" of Gmail. */
function isBareAttribution(text: string): boolean {
  return datelike.test(text) && addresslike.test(text) && /[:：]\s*$/.test(text);
}

/** A line "Original message", or three fields of a header, of which one is From and one is Date or Subject. */
function beginsEarlierMail(lines: readonly TextLine[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (text.length > maxLineLength) return false;
  if (originalMessage.test(text)) return true;
  const isRule = /^\s*[_\-=*]{5,}\s*$/.test(text);
  const start = isRule ? nextFilled(lines, at + 1) : at;
  return start !== -1 && start - at <= 3 && hasHeaderBlock(lines, start);
}

function hasHeaderBlock(lines: readonly TextLine[], start: number): boolean {
  const kinds = new Set<string>();
  if (headerFieldKind(lines[start]?.text ?? '') === null) return false;
  let misses = 0;
  for (let at = start; at < lines.length && at < start + 14 && misses < 2; at += 1) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') continue;
    const kind = text.length > maxLineLength ? null : headerFieldKind(text);
    if (kind === null) misses += 1;
    else kinds.add(kind);
  }
  return kinds.has('from') && kinds.size >= 3 && (kinds.has('date') || kinds.has('subject'));
}

/**
 * Quotes at the end go, with what introduces them. A quote above all own text goes too (an answer below it stands by itself). Quotes between answers
 * stay: without them the answers say nothing.
 */
function choose(lines: readonly TextLine[], roles: readonly Role[]): readonly TextLine[] {
  const isOwn = (at: number) => roles[at] === 'own' && lines[at]?.text.trim() !== '' && lines[at]?.mark !== 'signature';
  const own = lines.map((_, at) => at).filter(isOwn);
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return [];
  const marked = roles.map((role, at) => role === 'quote' && lines[at]?.text.trim() !== '');
  const quoteAbove = marked.indexOf(true);
  const hasBetween = marked.some((isMarked, at) => isMarked && at > first && at < last) || countRuns(marked, last) > 1;
  if (!hasBetween) {
    // Top posting, bottom posting, or no quote at all.
    return lines.filter((_, at) => roles[at] === 'own' && (at >= first || quoteAbove === -1 || at > quoteAbove));
  }
  return lines.filter((_, at) => at <= lastKept(roles, last) && roles[at] !== 'rest' && !(roles[at] === 'lead'));
}

/** Signatures that stand below the last answer belong to it. */
function lastKept(roles: readonly Role[], last: number): number {
  let at = last;
  while (roles[at + 1] === 'own') at += 1;
  return at;
}

function countRuns(marked: readonly boolean[], last: number): number {
  let runs = 0;
  for (let at = 0; at < last; at += 1) if (marked[at] === true && marked[at - 1] !== true) runs += 1;
  return runs;
}
