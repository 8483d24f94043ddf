import { countHandler } from './count.ts';
import { folderMirrors } from './mirrors.ts';
import { folderEvents } from './outside.ts';
import { folderChangesTopic, majorMalfunctionsTopic } from './topics.ts';

/** What malfunction folders add to the plugin. */
export const folders = {
  mirrors: folderMirrors,
  topics: [majorMalfunctionsTopic, folderChangesTopic],
  jobs: [countHandler],
  events: folderEvents,
} as const;
