import { countHandler } from './count.ts';
import { suggestEvents, suggestJobs, suggestSchedules } from '../suggest/jobs.ts';
import { folderMirrors } from './mirrors.ts';
import { folderEvents } from './outside.ts';
import { folderChangesTopic, majorMalfunctionsTopic } from './topics.ts';

/** What malfunction folders and their suggestions add to the plugin. */
export const folders = {
  mirrors: folderMirrors,
  topics: [majorMalfunctionsTopic, folderChangesTopic],
  jobs: [countHandler, ...suggestJobs],
  events: [...folderEvents, ...suggestEvents],
  schedules: suggestSchedules,
} as const;
