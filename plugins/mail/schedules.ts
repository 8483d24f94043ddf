import type { Schedule } from '@switchboard/core/contract';
import { tidyMail } from './file/work.ts';

export const schedules: readonly Schedule[] = [
  { name: 'tidy', every: { cron: '17 3 * * *' }, type: tidyMail, payload: {} },
];
