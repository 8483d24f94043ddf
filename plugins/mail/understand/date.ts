/** Dates as mail has written them since 1980: RFC 822 to 5322, asctime, ISO 8601, and broken ones. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC. Letters of the military zones were used the wrong way round: RFC 5322 reads them as unknown, that is UTC. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 60,
  bst: 60,
  ist: 330,
  cet: 60,
  met: 60,
  mez: 60,
  mesz: 120,
  cest: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  jst: 540,
  kst: 540,
  sgt: 480,
  hkt: 480,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  hst: -600,
  brt: -180,
  art: -180,
  sast: 120,
};

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  offset: number;
}

/** Milliseconds since 1970, or null when no date can be made of it. */
export function parseDate(value: string): number | null {
  const text = withoutComments(value.slice(0, 300)).trim();
  if (text === '') return null;
  const parts = isoParts(text) ?? mailParts(text);
  if (!parts) return null;
  const { year, month, day, hour, minute, second, offset } = parts;
  if (month < 0 || month > 11 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61) return null;
  const time = Date.UTC(year, month, day, hour, minute, Math.min(second, 59)) - offset * 60_000;
  // Whatever lies outside is a broken clock's, and PostgreSQL or a person could do nothing with it.
  return Number.isFinite(time) && year >= 1900 && year <= 9999 ? time : null;
}

function withoutComments(text: string): string {
  let kept = '';
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}

function isoParts(text: string): Parts | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?\s*(.*)$/i.exec(
    text,
  );
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = ''] = match;
  return {
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    offset: zoneOf(zone),
  };
}

function mailParts(text: string): Parts | null {
  const clock = /(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*[:.]\s*(\d{2}))?(?:[.,]\d+)?(?:\s*(am|pm)\b)?/i.exec(text);
  const beforeClock = clock ? text.slice(0, clock.index) : text;
  const afterClock = clock ? text.slice(clock.index + clock[0].length) : '';
  const day = dayOf(beforeClock, afterClock);
  if (!day) return null;
  let hour = Number(clock?.[1] ?? 0);
  if (clock?.[4]) hour = (hour % 12) + (clock[4].toLowerCase() === 'pm' ? 12 : 0);
  return {
    ...day,
    hour,
    minute: Number(clock?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
    // asctime has its year behind the clock and perhaps a zone.
    offset: zoneOf(
      afterClock.replace(/\b(?:19|20)\d{2}\b(?![\d:])/, (year, at: number) =>
        /[+-]$/.test(afterClock.slice(0, at)) ? year : '',
      ),
    ),
  };
}

function dayOf(before: string, after: string): { year: number; month: number; day: number } | null {
  const dayFirst = /(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:of\s+)?([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})/i.exec(before);
  if (dayFirst) return named(dayFirst[2], dayFirst[1], dayFirst[3]);
  const monthFirst = /([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}))?\s*,?\s*$/i.exec(before);
  if (monthFirst) return named(monthFirst[1], monthFirst[2], monthFirst[3] ?? /(?<![+\-\d])(\d{4})\b/.exec(after)?.[1]);
  const numeric = /(\d{1,2})[./](\d{1,2})[./](\d{2,4})/.exec(before);
  // 13/25/2004 can only be American; where both readings are possible the dot is European, the slash American.
  if (!numeric) return null;
  const [first, second] = [Number(numeric[1]), Number(numeric[2])];
  const american = second > 12 || (first <= 12 && numeric[0].includes('/'));
  return { year: fullYear(numeric[3] ?? ''), month: (american ? first : second) - 1, day: american ? second : first };
}

function named(month: string | undefined, day: string | undefined, year: string | undefined) {
  const index = months.indexOf((month ?? '').toLowerCase());
  return index === -1 || year === undefined ? null : { year: fullYear(year), month: index, day: Number(day) };
}

/** RFC 5322, 4.3: two digits below 50 are of this century; three digits count from 1900 (a bug of the year 2000). */
function fullYear(written: string): number {
  const year = Number(written);
  if (written.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return written.length === 3 ? 1900 + year : year;
}

function zoneOf(text: string): number {
  const numeric = /([+-])\s?(\d{1,2}):?(\d{2})?(?!\d)/.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return minutes > 16 * 60 ? 0 : (numeric[1] === '-' ? -1 : 1) * minutes;
  }
  const name = /\b([a-z]{1,5})\b/i.exec(text)?.[1]?.toLowerCase() ?? '';
  return zones[name] ?? 0;
}
