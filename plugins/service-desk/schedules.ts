import type { Schedule } from '@switchboard/core/contract';
import { tidyDesk } from './jobs/work.ts';

export const schedules: readonly Schedule[] = [
  { name: 'tidy', every: { cron: '41 3 * * *' }, type: tidyDesk, payload: {} },
];
