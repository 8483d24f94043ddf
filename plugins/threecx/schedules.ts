import type { Schedule } from '@switchboard/core/contract';
import { readCallLog } from './calls/read-log-job.ts';
import { findRecordings } from './recordings/work.ts';

/** What is asked of 3CX by the clock, because it tells nobody by itself. */
export const schedules: readonly Schedule[] = [
  { name: 'call-log', every: { ms: 20_000 }, type: readCallLog, payload: { reach: 'recent' } },
  { name: 'call-log-at-night', every: { cron: '40 3 * * *' }, type: readCallLog, payload: { reach: 'wide' } },
  { name: 'recordings', every: { ms: 60_000 }, type: findRecordings, payload: {} },
];
