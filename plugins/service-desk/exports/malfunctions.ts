import { exportRoute, type ListColumn } from '@switchboard/core/contract';
import { everyFolder } from '../malfunctions/list.ts';
import { namesFor, shownFolder, type ShownFolder } from '../malfunctions/shown.ts';
import { folderFilter } from '../routes/malfunctions.ts';
import type { Context } from '../services.ts';
import { folderKind, folderStatus, heading, severity, yes } from './words.ts';

const object = 'malfunction';

const columns: readonly ListColumn<ShownFolder>[] = [
  { words: heading.number, sees: [object, 'number'], value: ({ number }) => number },
  { words: heading.title, sees: [object, 'title'], value: ({ title }) => title },
  { words: heading.status, choices: folderStatus, sees: [object, 'status'], value: ({ status }) => status },
  { words: heading.severity, choices: severity, sees: [object, 'severity'], value: (folder) => folder.severity },
  { words: heading.kind, choices: folderKind, sees: [object, 'kind'], value: ({ kind }) => kind },
  { words: heading.major, sees: [object, 'isMajor'], value: ({ isMajor }, language) => (isMajor ? yes[language] : '') },
  { words: heading.company, sees: [object, 'companyId'], value: ({ company }) => company?.name },
  { words: heading.location, sees: [object, 'locationId'], value: ({ location }) => location?.name },
  { words: heading.cases, sees: [object, 'caseCount'], value: ({ caseCount }) => caseCount },
  { words: heading.calls, sees: [object, 'callCount'], value: ({ callCount }) => callCount },
  { words: heading.opened, kind: 'moment', sees: [object, 'openedAt'], value: ({ openedAt }) => openedAt },
  {
    words: heading.expected,
    kind: 'moment',
    sees: [object, 'expectedResolutionAt'],
    value: (folder) => folder.expectedResolutionAt,
  },
  { words: heading.resolved, kind: 'moment', sees: [object, 'resolvedAt'], value: ({ resolvedAt }) => resolvedAt },
];

/** The page “Malfunctions”, of which it shows the newest; here are all that match. */
export const malfunctionsExport = exportRoute({
  name: 'malfunctions',
  path: '/malfunctions/export',
  summary: 'Malfunctions as a file, the newest first (the filter of the list)',
  query: folderFilter,
  columns,
  async *pages({ tables, clock }: Context, { crm }, filter): AsyncGenerator<readonly ShownFolder[]> {
    for await (const records of everyFolder({ tables, crm, now: clock.now() }, filter)) {
      const names = await namesFor(crm, records);
      yield records.map((record) => shownFolder(record, names));
    }
  },
});
