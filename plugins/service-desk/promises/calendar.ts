import { z } from 'zod';
import { type Hours, isZone, type Span } from './hours.ts';

/** The hours of service as administrators write them down, and as they are reckoned with. Pure. */

const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 08:30, at the latest 24:00');

const span = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from < to, { message: 'must end after it begins', path: ['to'] });

const day = z
  .array(span)
  .max(6, 'must have at most six parts')
  .refine(
    (spans) => {
      const sorted = spans.toSorted((one, other) => (one.from < other.from ? -1 : 1));
      return sorted.every(({ from }, index) => index === 0 || from >= (sorted[index - 1]?.to ?? ''));
    },
    { message: 'must not overlap' },
  )
  .default([]);

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const week = z.strictObject({
  monday: day,
  tuesday: day,
  wednesday: day,
  thursday: day,
  friday: day,
  saturday: day,
  sunday: day,
});

export type Week = z.output<typeof week>;

const holiday = z.strictObject({
  name: z.string().trim().max(80, 'must have at most 80 characters').default(''),
  date: z.iso.date('must be a date such as 2026-12-25'),
  isYearly: z.boolean().default(false),
});

/** When cases are worked on: the hours of business, the longer hours that some contracts have, and the days on which nobody works. */
export const calendar = z.strictObject({
  timeZone: z
    .string()
    .max(60)
    .refine((name) => name === '' || isZone(name), 'must be a time zone such as Europe/Amsterdam')
    .default(''),
  isAlways: z.boolean().default(false),
  business: week,
  extended: week,
  holidays: z.array(holiday).max(400, 'must be at most 400').default([]),
});

export type Calendar = z.output<typeof calendar>;

const office = [{ from: '08:00', to: '17:00' }];
const late = [{ from: '07:00', to: '21:00' }];

/** Where nobody has said anything. */
export const usualCalendar: Calendar = {
  timeZone: '',
  isAlways: false,
  business: {
    monday: office,
    tuesday: office,
    wednesday: office,
    thursday: office,
    friday: office,
    saturday: [],
    sunday: [],
  },
  extended: { monday: late, tuesday: late, wednesday: late, thursday: late, friday: late, saturday: late, sunday: [] },
  holidays: [],
};

/** Which hours count for a case: one of the tenant's, day and night, or the week that a contract has for itself. */
export type HoursName = 'BUSINESS_HOURS' | 'EXTENDED_HOURS' | 'ALWAYS' | { readonly week: Week };

/** @param zone of the tenant, where the calendar names none */
export function hoursOf(given: Calendar, name: HoursName, zone: string): Hours {
  const chosen = typeof name === 'object' ? name.week : name === 'EXTENDED_HOURS' ? given.extended : given.business;
  return {
    zone: given.timeZone === '' ? zone : given.timeZone,
    isAlways: name === 'ALWAYS' || (given.isAlways && typeof name === 'string'),
    week: weekdays.map((weekday) => spansOf(chosen[weekday])),
    holidays: new Set(given.holidays.map(({ date, isYearly }) => (isYearly ? `-${date.slice(4)}` : date))),
  };
}

function spansOf(given: Week[(typeof weekdays)[number]]): Span[] {
  const spans = given.map(({ from, to }): Span => [minutesOf(from), minutesOf(to)]);
  return spans.toSorted(([one], [other]) => one - other);
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The own schedule of a contract, per weekday: `{"monday": [{"from": "08:00", "to": "17:00"}]}`. Undefined when it is none, or never open. */
export function readWeek(value: unknown): Week | undefined {
  const found = week.safeParse(value);
  return found.success && weekdays.some((weekday) => found.data[weekday].length > 0) ? found.data : undefined;
}
