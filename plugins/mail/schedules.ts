import type { Schedule } from '@switchboard/core/contract';
import { tidyMail } from './file/work.ts';
import { setFilesApart, sweepFiles } from './files/work.ts';
import { sweepDiscarded } from './receive/work.ts';
import { tellPeople } from './reach/work.ts';

export const schedules: readonly Schedule[] = [
  { name: 'tidy', every: { cron: '17 3 * * *' }, type: tidyMail, payload: {} },
  { name: 'set-files-apart', every: { ms: 3_600_000 }, type: setFilesApart, payload: {} },
  { name: 'sweep-files', every: { cron: '47 3 * * *' }, type: sweepFiles, payload: {} },
  { name: 'sweep-discarded', every: { cron: '27 3 * * *' }, type: sweepDiscarded, payload: {} },
  { name: 'tell-people', every: { ms: 3_600_000 }, type: tellPeople, payload: {} },
];
