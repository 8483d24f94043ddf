import { z } from 'zod';
import { calendar, usualCalendar } from './promises/calendar.ts';
import { levels, levelTimes, priorityShares, usualShares, usualTimes } from './promises/promise.ts';

/** The settings of one tenant. */
export const config = z.object({
  numberPrefix: z
    .string()
    .regex(/^[A-Za-z]{0,6}-?$/, 'must be at most six letters, with a "-" at the end or without')
    .default('C-')
    .describe(
      'What the numbers of cases begin with, such as C- for C-000123. Numbers that were given stay as they are.',
    ),
  calendar: calendar
    .default(usualCalendar)
    .meta({ editor: 'calendar' })
    .describe(
      'When promised times count: the hours of business, the longer hours of some contracts, and the holidays.',
    ),
  levelTimes: levelTimes
    .default(usualTimes)
    .meta({ editor: 'level-times' })
    .describe('Minutes to the first response and to the solution, per service level, for contracts that name none.'),
  priorityShares: priorityShares
    .default(usualShares)
    .meta({ editor: 'priority-shares' })
    .describe('Percent of the promised time that each priority leaves.'),
  levelWithoutContract: z
    .enum(['NONE', ...levels])
    .default('NONE')
    .describe('Service level of cases without a contract. NONE promises nothing.'),
  warnPercent: z
    .number()
    .int()
    .min(10)
    .max(99)
    .default(80)
    .describe('A warning comes when so many percent of the promised time have gone.'),
  reopenDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe(
      'A reply or a call so many days after a case was solved opens it again. Later, or when it was closed, a new case follows it. 0 never opens one again.',
    ),
});

export type Config = z.output<typeof config>;
