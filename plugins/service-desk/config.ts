import { secret } from '@switchboard/core/contract';
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
  formKey: secret('Key with which a web form or another program opens cases. Without one nobody does.')
    .optional()
    .describe('Key with which a web form or another program opens cases. Without one nobody does.'),
  formPerMinute: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(30)
    .describe('More cases than so many a minute are not taken from forms.'),
  mapTiles: z
    .string()
    .max(500)
    .regex(/^$|^https?:\/\/(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})\S+$/, 'must be an address with {z}, {x} and {y}')
    .default('')
    .describe(
      'Address of a server of map pictures, such as https://tiles.example.com/{z}/{x}/{y}.png. Without one the map that ships with the hub is shown: coasts, borders and names of cities.',
    ),
  mapTilesBy: z
    .string()
    .max(200)
    .default('')
    .describe('Who made those pictures, as their licence wants it said on the map.'),
});

export type Config = z.output<typeof config>;
