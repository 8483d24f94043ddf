import { expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { type Calendar, hoursOf, usualCalendar } from '../../promises/calendar.ts';
import { countedBetween, type Hours, momentAfter } from '../../promises/hours.ts';

/** Time that counts, on days that are ordinary and on those that are not. */

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const hours = (calendar: Partial<Calendar> = {}, zone = 'Europe/Amsterdam') =>
  hoursOf({ ...usualCalendar, ...calendar }, 'BUSINESS_HOURS', zone);
const due = (given: Hours, from: string, counted: number) => {
  const found = momentAfter(given, at(from), counted * HOUR);
  return found === undefined ? undefined : new Date(found).toISOString();
};

test('goes on with the next morning, after the weekend and after a holiday', () => {
  expect(due(hours(), '2026-11-20T15:00:00Z', 2)).toBe('2026-11-23T08:00:00.000Z');
  const holidays = [{ name: 'Closed', date: '2026-11-23', isYearly: false }];
  expect(due(hours({ holidays }), '2026-11-20T15:00:00Z', 2)).toBe('2026-11-24T08:00:00.000Z');
});

test('a yearly holiday counts in every year, one of a single year in that alone', () => {
  const holidays = [
    { name: 'Christmas', date: '2020-12-25', isYearly: true },
    { name: 'Moving house', date: '2025-12-24', isYearly: false },
  ];
  const given = hours({ holidays });
  expect(countedBetween(given, at('2026-12-23T23:00:00Z'), at('2026-12-25T23:00:00Z'))).toBe(9 * HOUR);
});

test('a holiday begins at midnight by the clock of the tenant, not of the world', () => {
  const holidays = [{ name: 'New Year', date: '2027-01-01', isYearly: true }];
  const week = Object.fromEntries(
    Object.keys(usualCalendar.business).map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
  ) as unknown as Calendar['business'];
  const given = hours({ holidays, business: week }, 'Pacific/Auckland');
  // Midnight there is 11:00 the day before in UTC.
  expect(due(given, '2026-12-31T10:00:00Z', 2)).toBe('2027-01-01T12:00:00.000Z');
});

test.each([
  ['forward', '2026-03-29', 23],
  ['back', '2026-10-25', 25],
])('the day on which clocks are put %s has as many hours as it has', (_way, date, length) => {
  const allDay = [{ from: '00:00', to: '24:00' }];
  const given = hours({ business: { ...usualCalendar.business, sunday: allDay } });
  expect(countedBetween(given, at(`${date}T00:00:00Z`) - 6 * HOUR, at(`${date}T00:00:00Z`) + 30 * HOUR)).toBe(
    length * HOUR,
  );
});

test('what a day has not, because clocks jump over it, is not open; and nothing is open twice', () => {
  const night = [
    { from: '01:00', to: '02:45' },
    { from: '02:45', to: '04:00' },
  ];
  const given = hours({ business: { ...usualCalendar.business, sunday: night } });
  expect(countedBetween(given, at('2026-03-28T20:00:00Z'), at('2026-03-29T20:00:00Z'))).toBe(2 * HOUR);
});

test('day and night is every hour; hours that never come promise nothing', () => {
  const always = hoursOf(usualCalendar, 'ALWAYS', 'Europe/Amsterdam');
  expect(due(always, '2026-12-25T03:00:00Z', 4)).toBe('2026-12-25T07:00:00.000Z');
  const never = Object.fromEntries(Object.keys(usualCalendar.business).map((day) => [day, []]));
  expect(due(hours({ business: never as unknown as Calendar['business'] }), '2026-11-20T15:00:00Z', 1)).toBeUndefined();
});

const times = ['00:00', '02:30', '06:15', '08:00', '12:00', '12:30', '17:00', '24:00'];
const day = fc.subarray(times, { minLength: 0 }).map((picked) =>
  Array.from({ length: Math.floor(picked.length / 2) }, (_, index) => ({
    from: picked[index * 2]!,
    to: picked[index * 2 + 1]!,
  })),
);
const week = fc.record({
  monday: day,
  tuesday: day,
  wednesday: fc.constant<{ from: string; to: string }[]>([{ from: '09:00', to: '18:00' }]),
  thursday: day,
  friday: day,
  saturday: day,
  sunday: day,
});
const anyHours = fc
  .record({
    business: week,
    holidays: fc.subarray(['2026-03-29', '2026-10-25', '2026-11-04', '2026-01-01']),
    zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'UTC'),
  })
  .map(({ business, holidays, zone }) =>
    hours({ business, holidays: holidays.map((date) => ({ name: '', date, isYearly: true })) }, zone),
  );
/** Around the days on which clocks are put forward or back. */
const moment = fc
  .tuple(fc.constantFrom('2026-03-27T00:00:00Z', '2026-10-30T00:00:00Z'), fc.integer({ min: 0, max: 8 * 24 * 60 }))
  .map(([base, minutes]) => at(base) + minutes * 60_000);
const near = fc
  .tuple(moment, fc.array(fc.integer({ min: 0, max: 200 * HOUR }), { minLength: 2, maxLength: 2 }))
  .map(([first, steps]) => steps.reduce((all, step) => [...all, (all.at(-1) ?? 0) + step], [first]));
const stretch = fc.integer({ min: 0, max: 40 * HOUR });

test('one promise after another ends when both together do, and what counted is what was promised', () => {
  fc.assert(
    fc.property(anyHours, moment, stretch, stretch, (given, from, first, second) => {
      const half = momentAfter(given, from, first)!;
      const whole = momentAfter(given, from, first + second)!;
      expect(momentAfter(given, half, second)).toBe(second === 0 ? half : whole);
      expect(countedBetween(given, from, half)).toBe(first);
      expect(half).toBeLessThanOrEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('parts add up to the whole, and a later start never ends earlier', () => {
  fc.assert(
    fc.property(anyHours, near, stretch, (given, moments, promised) => {
      const [one = 0, two = 0, three = 0] = moments;
      const parts = countedBetween(given, one, two) + countedBetween(given, two, three);
      expect(parts).toBe(countedBetween(given, one, three));
      expect(momentAfter(given, one, promised)!).toBeLessThanOrEqual(momentAfter(given, two, promised)!);
    }),
    { numRuns: 40 },
  );
});
