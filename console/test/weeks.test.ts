import { expect, test } from '@jest/globals';
import { countWeeks } from '../src/pages/locations/weeks.ts';

const now = new Date(2026, 10, 22, 12);
const counts = (moments: readonly Date[]) =>
  countWeeks(moments, now).flatMap(({ start, count }) =>
    count === 0 ? [] : [[start.getMonth() + 1, start.getDate(), count]],
  );

test('a strip has the last 53 weeks, each from its Monday', () => {
  const weeks = countWeeks([], now);
  expect(weeks).toHaveLength(53);
  expect(weeks.every(({ start }) => start.getDay() === 1 && start.getHours() === 0)).toBe(true);
  expect(weeks.at(-1)?.start).toEqual(new Date(2026, 10, 16));
});

test('a moment counts in its week only: Monday at midnight begins one, Sunday night ends it', () => {
  expect(counts([new Date(2026, 10, 16), new Date(2026, 10, 22, 23, 59)])).toEqual([[11, 16, 2]]);
  expect(counts([new Date(2026, 10, 15, 23, 59, 59, 999)])).toEqual([[11, 9, 1]]);
});

test('weeks in which the clock is changed are whole', () => {
  expect(counts([new Date(2026, 2, 29, 3, 30), new Date(2026, 9, 25, 23, 30)])).toEqual([
    [3, 23, 1],
    [10, 19, 1],
  ]);
});

test('what is older than the strip is left out', () => {
  expect(counts([new Date(2025, 9, 1)])).toEqual([]);
});
