import { z } from 'zod';

/** The settings of one tenant. */
export const config = z.object({
  numberPrefix: z
    .string()
    .regex(/^[A-Za-z]{0,6}-?$/, 'must be at most six letters, with a "-" at the end or without')
    .default('C-')
    .describe(
      'What the numbers of cases begin with, such as C- for C-000123. Numbers that were given stay as they are.',
    ),
});

export type Config = z.output<typeof config>;
