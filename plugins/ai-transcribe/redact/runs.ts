import { digitsOf, isFiller, timesOf } from './words.ts';

/** One digit or letter of something dictated or written, and where it stands in the text. */
interface Mark {
  /** `0` to `9`, `A` to `Z`. */
  readonly sign: string;
  readonly from: number;
  readonly to: number;
  /** Whether a word or group of digits begins or ends with it. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** Whether more than a space stands before it. */
  readonly pauses: boolean;
}

/** Digits and single letters that follow each other with nothing but pauses between. */
export type Run = readonly Mark[];

const WORD = /[\p{L}\p{N}]+/gu;
/** Between two words of one run. */
const PAUSE = /^[\s,.;:/()'"–—_-]*$/;

/** What of a text may be numbers: written, grouped, or spoken digit by digit. */
export function runsIn(text: string): Run[] {
  const runs: Mark[][] = [];
  let run: Mark[] = [];
  let end = 0;
  let times = 1;
  let pauses = false;
  let begin: number | undefined;
  const close = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const match of text.matchAll(WORD)) {
    const word = match[0].toLowerCase();
    const from = match.index;
    const between = text.slice(end, from);
    if (!PAUSE.test(between)) close();
    pauses ||= /[,.;:\n]/.test(between);
    end = from + match[0].length;
    const signs = signsOf(word);
    if (signs !== undefined) {
      const isUnit =
        signs.length === 1 && signs !== '0' && digitsOf(word) !== undefined && isTen(run.at(-2), run.at(-1));
      // "forty one" is 41.
      if (isUnit) run.pop();
      run.push(...marksOf(signs.repeat(times), begin ?? from, end, { continues: isUnit, pauses }));
      times = 1;
      begin = undefined;
      pauses = false;
      continue;
    }
    times = timesOf(word) ?? 1;
    begin = times > 1 ? from : undefined;
    if (times > 1) continue;
    pauses = true;
    if (!isFiller(word)) close();
  }
  close();
  return runs;
}

function signsOf(word: string): string | undefined {
  const digits = digitsOf(word);
  if (digits !== undefined) return digits;
  // The letter O is said for zero, and written so by those who hear it.
  if (/^o+$/.test(word)) return '0'.repeat(word.length);
  return /^[a-z]{1,2}$/.test(word) || (/\d/.test(word) && /^[a-z\d]+$/.test(word)) ? word.toUpperCase() : undefined;
}

function marksOf(
  signs: string,
  from: number,
  to: number,
  { continues, pauses }: { continues: boolean; pauses: boolean },
): Mark[] {
  return Array.from(signs, (sign, index) => ({
    sign,
    from,
    to,
    begins: index === 0 && !continues,
    ends: index === signs.length - 1,
    pauses: index === 0 && pauses,
  }));
}

/** Whether the last two marks are one spoken ten: the same word with a zero at the end. */
function isTen(first: Mark | undefined, second: Mark | undefined): boolean {
  return first !== undefined && second?.sign === '0' && first.from === second.from && first.begins && first.sign >= '2';
}

/** Whether a text ends within something that may go on in the next. */
export function endsOpen(text: string): boolean {
  const last = runsIn(text).at(-1)?.at(-1);
  if (last === undefined || !/\d/.test(last.sign)) return false;
  return [...text.slice(last.to).matchAll(WORD)].every(([word]) => isFiller(word.toLowerCase()));
}
