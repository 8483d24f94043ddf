export interface Week {
  /** Its Monday, in the browser's zone. */
  readonly start: Date;
  readonly count: number;
}

const WEEKS = 53;

/** How many moments fall into each of the last 53 weeks, the oldest week first. */
export function countWeeks(moments: readonly Date[], now: Date): Week[] {
  const present = mondayOf(now);
  return Array.from({ length: WEEKS }, (_, index) => {
    const [start, end] = [index, index + 1].map((week) => addDays(present, 7 * (week - WEEKS + 1))) as [Date, Date];
    return { start, count: moments.filter((moment) => moment >= start && moment < end).length };
  });
}

function mondayOf(day: Date): Date {
  return addDays(new Date(day.getFullYear(), day.getMonth(), day.getDate()), -((day.getDay() + 6) % 7));
}

/** By the calendar: a day may have 23 or 25 hours. */
function addDays(day: Date, days: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
}
