import { identityNumbers, isLuhn } from './identity.ts';
import { type Run, runsIn } from './runs.ts';

type Range = { readonly from: number; readonly to: number; readonly label: string };

const CARD = '[card number]';
const IDENTITY = '[identity number]';
const CARD_DIGITS = { least: 13, most: 19 };

/**
 * The texts without card numbers and without the identity numbers of these countries, written or spoken, also where one goes on from text to text.
 *
 * @param countries ISO 3166-1 alpha-2
 */
export function redact(texts: readonly string[], countries: readonly string[]): string[] {
  const whole = texts.join('\n');
  const ranges = runsIn(whole).flatMap((run) => [...cardsIn(run), ...identitiesIn(run, countries, whole)]);
  let offset = 0;
  return texts.map((text) => {
    const own = within(ranges, offset, offset + text.length);
    offset += text.length + 1;
    return replaced(text, own);
  });
}

/** Windows of digits that begin and end with a group or a spoken word. */
function cardsIn(run: Run): Range[] {
  const found: Range[] = [];
  for (let first = 0; first < run.length; first += 1) {
    const length = longestCard(run, first);
    if (length === 0) continue;
    found.push(rangeOf(run.slice(first, first + length), CARD));
    first += length - 1;
  }
  return found;
}

function longestCard(run: Run, first: number): number {
  if (run[first]?.begins !== true) return 0;
  for (let length = Math.min(CARD_DIGITS.most, run.length - first); length >= CARD_DIGITS.least; length -= 1) {
    const part = run.slice(first, first + length);
    if (part.at(-1)?.ends === true && isCard(signsOf(part))) return length;
  }
  return 0;
}

/** Networks of payment cards begin with 2 to 6. */
function isCard(number: string): boolean {
  return /^[2-6]\d+$/.test(number) && isLuhn(number);
}

/** Check digits of identity numbers are weak: what counts is what was said or written as one. */
function identitiesIn(run: Run, countries: readonly string[], text: string): Range[] {
  const rules = countries.flatMap((country) => identityNumbers[country] ?? []);
  // What begins with a plus is a telephone number.
  const isIdentity = (part: Run) =>
    text[(part[0]?.from ?? 0) - 1] !== '+' &&
    rules.some(({ pattern, fits }) => pattern.test(signsOf(part)) && (fits?.(signsOf(part)) ?? true));
  return numbersIn(run)
    .filter(isIdentity)
    .map((part) => rangeOf(part, IDENTITY));
}

/** Digits that belong together, also with the letters that some numbers have before or after them. */
function numbersIn(run: Run): Run[] {
  const bounds = run.flatMap(({ sign, pauses }, at) =>
    isDigit(sign) && (pauses || !isDigit(run[at - 1]?.sign)) ? [at] : [],
  );
  const clusters = bounds.map((from, index) => {
    const to = run.findIndex(({ sign }, at) => at > from && (!isDigit(sign) || at === bounds[index + 1]));
    return { from, to: to === -1 ? run.length : to };
  });
  const whole = clusters.flatMap(({ from, to }) => [
    run.slice(from, to),
    run.slice(Math.max(0, from - 1), to + 1),
    run.slice(Math.max(0, from - 2), to + 1),
    run.slice(from, to + 1),
  ]);
  // A comma stands between two numbers, or between the parts of one.
  const acrossPauses = clusters.slice(1).map(({ to }, index) => run.slice(clusters[index]?.from ?? 0, to));
  return [...whole, ...acrossPauses, digitsOnly(run), ...Map.groupBy(run, ({ from }) => from).values()];
}

function digitsOnly(run: Run): Run {
  const first = run.findIndex(({ sign }) => isDigit(sign));
  return first === -1 ? [] : run.slice(first, run.findLastIndex(({ sign }) => isDigit(sign)) + 1);
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9';
}

function signsOf(part: Run): string {
  return part.map(({ sign }) => sign).join('');
}

function rangeOf(part: Run, label: string): Range {
  return { from: part[0]?.from ?? 0, to: part.at(-1)?.to ?? 0, label };
}

/** The parts of ranges that lie in one text, from its beginning on, without those within others. */
function within(ranges: readonly Range[], from: number, to: number): Range[] {
  const own = ranges
    .filter((range) => range.from < to && range.to > from)
    .map(({ label, ...range }) => ({
      label,
      from: Math.max(range.from, from) - from,
      to: Math.min(range.to, to) - from,
    }))
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  const kept: Range[] = [];
  for (const range of own) if (range.from >= (kept.at(-1)?.to ?? 0)) kept.push(range);
  return kept;
}

function replaced(text: string, ranges: readonly Range[]): string {
  return ranges.reduceRight((rest, { from, to, label }) => rest.slice(0, from) + label + rest.slice(to), text);
}
