import type { Schedule } from '@switchboard/core/contract';
import { tidyDesk } from './jobs/work.ts';
import { watchSchedule } from './promises/watch.ts';

export const schedules: readonly Schedule[] = [
  { name: 'tidy', every: { cron: '41 3 * * *' }, type: tidyDesk, payload: {} },
  watchSchedule,
];
