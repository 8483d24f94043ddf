import { callJournal } from './calls.ts';
import { carryOverHandler, carryOverSchedule } from './carry-over.ts';
import { recordJournal } from './records.ts';

/** What the plugin registers for the journal. */
export const journalPart = {
  events: [...callJournal, ...recordJournal],
  jobs: [carryOverHandler],
  schedules: [carryOverSchedule],
} as const;
