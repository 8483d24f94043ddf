import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { hoursOf, usualCalendar } from '../../promises/calendar.ts';
import { newClock, nextAt, type PromiseClock, serviceStateOf, stateOf, toTell, turned } from '../../promises/clock.ts';
import { promisesOf, usualShares, usualTimes } from '../../promises/promise.ts';

/** What is promised for a case, and how its clock runs. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const monday = Date.parse('2026-11-23T08:00:00Z');
const reckoning = { hoursOf: (name: PromiseClock['hours']) => hoursOf(usualCalendar, name, 'UTC'), warnShare: 0.8 };
const promised = { target: 4 * HOUR, hours: 'BUSINESS_HOURS' } as const;
const start = () => newClock('resolve', promised, monday, reckoning);
const after = (clock: PromiseClock, state: 'runs' | 'waits' | 'met', hours: number, other = promised.target) =>
  turned(clock, { state, promised: { ...promised, target: other } }, monday + hours * HOUR, reckoning);
const inHours = (moment: number | null) => (moment === null ? null : (moment - monday) / HOUR);

describe('a clock', () => {
  test('stands still while the customer is waited for, and then goes on with what was left', () => {
    const waiting = after(start(), 'waits', 1);
    expect(waiting).toMatchObject({ dueAt: null, spent: HOUR });
    expect(inHours(after(waiting, 'runs', 6).dueAt)).toBe(9);
    // Three hours are left, and the day ends after that.
    expect(inHours(after(waiting, 'runs', 7).dueAt)).toBe(25);
  });

  test('with another promise counts what was spent, and may be late at once', () => {
    expect(inHours(after(start(), 'runs', 1, 2 * HOUR).dueAt)).toBe(2);
    const late = after(start(), 'runs', 3, 2 * HOUR);
    expect(inHours(late.dueAt)).toBe(3);
    expect(toTell(late, monday + 3 * HOUR)).toBe('breach');
  });

  test('warns once and breaks once; who slept through both hears of the end alone', () => {
    expect(toTell(start(), monday + 3 * HOUR)).toBeUndefined();
    expect(toTell(start(), monday + 3.5 * HOUR)).toBe('warning');
    const warned = { ...start(), warnedAt: monday + 3.5 * HOUR };
    expect(toTell(warned, monday + 3.6 * HOUR)).toBeUndefined();
    expect(inHours(nextAt(warned))).toBe(4);
    expect(toTell(start(), monday + 100 * HOUR)).toBe('breach');
    expect(nextAt({ ...warned, brokenAt: monday + 4 * HOUR })).toBeNull();
  });

  test('that has warned does not warn again after a pause', () => {
    const warned = { ...start(), warnedAt: monday + 3.5 * HOUR };
    const on = after(after(warned, 'waits', 3.5), 'runs', 8);
    expect(toTell(on, monday + 8 * HOUR)).toBeUndefined();
    expect(inHours(on.dueAt)).toBe(8.5);
  });

  test('that was too late stays so when it is solved, and when it is taken up again', () => {
    const broken = { ...start(), brokenAt: monday + 4 * HOUR };
    const solved = after(broken, 'met', 6);
    expect(serviceStateOf([solved])).toBe('BREACHED');
    expect(inHours(after(solved, 'runs', 8).dueAt)).toBe(4);
    expect(serviceStateOf([after(start(), 'met', 2)])).toBe('MET');
  });

  test('whatever happens in whatever order, what was spent never shrinks and nothing due is before its time', () => {
    const step = fc.record({
      state: fc.constantFrom('runs' as const, 'waits' as const, 'met' as const),
      wait: fc.integer({ min: -60, max: 600 }),
      target: fc.constantFrom(1, 4, 12),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let clock = start();
        let now = monday;
        for (const { state, wait, target } of steps) {
          now += wait * MINUTE;
          const next = turned(clock, { state, promised: { ...promised, target: target * HOUR } }, now, reckoning);
          expect(next.spent).toBeGreaterThanOrEqual(clock.spent);
          expect(stateOf(next)).toBe(state);
          if (next.dueAt !== null && next.spent < next.target && state === 'runs') {
            expect(next.dueAt).toBeGreaterThanOrEqual((next.since ?? 0) + (next.target - next.spent));
          }
          expect(turned(next, { state, promised: { target: next.target, hours: next.hours } }, now, reckoning)).toBe(
            next,
          );
          clock = next;
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a promise', () => {
  const rules = { levelTimes: usualTimes, priorityShares: usualShares, levelWithoutContract: 'NONE' } as const;
  const contract = { id: '1', status: 'ACTIVE', serviceLevel: 'PREMIUM', supportHours: 'ALWAYS', resolveMinutes: 100 };
  const on = '2026-11-22';

  test('is what the contract says, else what its level says; a higher priority has less time', () => {
    expect(promisesOf({ priority: 'NORMAL' }, contract, rules, on)).toEqual({
      response: { target: 120 * MINUTE, hours: 'ALWAYS' },
      resolve: { target: 100 * MINUTE, hours: 'ALWAYS' },
    });
    expect(promisesOf({ priority: 'URGENT' }, contract, rules, on)).toMatchObject({ resolve: { target: 25 * MINUTE } });
  });

  test('without a contract in force is none, unless the case or the tenant names a level', () => {
    const over = { ...contract, endsOn: '2026-11-21' };
    expect(promisesOf({}, undefined, rules, on)).toEqual({});
    expect(promisesOf({}, over, rules, on)).toEqual({});
    expect(promisesOf({}, { ...contract, startsOn: '2026-11-23' }, rules, on)).toEqual({});
    expect(promisesOf({ serviceLevel: 'BASIC' }, over, rules, on)).toMatchObject({
      response: { target: 960 * MINUTE, hours: 'BUSINESS_HOURS' },
    });
    expect(promisesOf({}, undefined, { ...rules, levelWithoutContract: 'CRITICAL' }, on)).toHaveProperty('resolve');
  });

  test('may count by the own week of the contract; what is no week is business hours', () => {
    const own = { monday: [{ from: '22:00', to: '24:00' }] };
    const custom = { ...contract, supportHours: 'CUSTOM' };
    const hoursIn = (supportSchedule: unknown) =>
      promisesOf({}, { ...custom, supportSchedule }, rules, on).resolve?.hours;
    expect(hoursIn(own)).toMatchObject({ week: { ...own, sunday: [] } });
    for (const wrong of [null, 'nine to five', { monday: [{ from: '9', to: '17' }] }, {}]) {
      expect(hoursIn(wrong)).toBe('BUSINESS_HOURS');
    }
  });
});
