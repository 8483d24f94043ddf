import { exportRoute, type ListColumn } from '@switchboard/core/contract';
import { demandRead } from '../records/page.ts';
import { timelineOf } from '../records/routes.ts';
import { showEntries, type TimelineEntry, timelineSources } from '../records/timeline.ts';
import type { Context } from '../services.ts';
import { momentsOf } from './pages.ts';
import { caseStatus, direction, entryKind, folderStatus, heading, outcome } from './words.ts';

const columns: readonly ListColumn<TimelineEntry>[] = [
  { words: heading.at, kind: 'moment', value: ({ at }) => at },
  { words: heading.kind, choices: entryKind, value: ({ kind }) => kind },
  { words: heading.title, value: ({ title }) => title },
  { words: heading.text, value: ({ text }) => text },
  { words: heading.who, value: ({ who, call }) => who ?? call?.person?.name },
  { words: heading.phone, value: ({ call }) => call?.number?.text },
  { words: heading.direction, choices: direction, value: (entry) => entry.direction },
  { words: heading.status, choices: { ...folderStatus, ...caseStatus, ...outcome }, value: ({ state }) => state },
  { words: heading.seconds, value: ({ call }) => call?.durationSeconds },
  { words: heading.agent, value: ({ call }) => call?.agentName },
  { words: heading.case, value: (entry) => entry.case?.name },
];

/** The pages of people, companies and locations: everything that happened around one of them, or some kinds of it. */
export const timelineExport = exportRoute({
  name: 'timeline',
  path: '/timeline/export',
  summary: 'The timeline of a person, a company or a location as a file (?object=person&id=ID&kinds=call,case)',
  query: timelineOf,
  columns,
  async *pages({ tenant }: Context, { crm }, asked): AsyncGenerator<readonly TimelineEntry[]> {
    await demandRead(crm, asked.object);
    for await (const page of momentsOf(crm, timelineSources(asked))) yield await showEntries(crm, tenant, page);
  },
});
