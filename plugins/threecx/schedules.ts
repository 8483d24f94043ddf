import type { Schedule } from '@switchboard/core/contract';
import { CALL_LOG_EVERY_MS, readCallLog } from './calls/read-log-job.ts';
import { findRecordings, RECORDINGS_EVERY_MS } from './recordings/work.ts';

/** What is asked of 3CX by the clock, because it tells nobody by itself. */
export const schedules: readonly Schedule[] = [
  { name: 'call-log', every: { ms: CALL_LOG_EVERY_MS }, type: readCallLog, payload: { reach: 'recent' } },
  { name: 'call-log-at-night', every: { cron: '40 3 * * *' }, type: readCallLog, payload: { reach: 'wide' } },
  { name: 'recordings', every: { ms: RECORDINGS_EVERY_MS }, type: findRecordings, payload: {} },
];
