import { exportRoute, type ListColumn } from '@switchboard/core/contract';
import { z } from 'zod';
import { ownCases } from '../day/day.ts';
import { byNeed, showCases, type ShownCase } from '../records/shown.ts';
import type { Context } from '../services.ts';
import { placeColumns } from './columns.ts';
import { momentsOf, recordsOf } from './pages.ts';
import { caseStatus, heading, priority } from './words.ts';

const object = 'serviceCase';

const columns: readonly ListColumn<ShownCase>[] = [
  { words: heading.number, sees: [object, 'number'], value: ({ number }) => number },
  { words: heading.subject, sees: [object, 'subject'], value: ({ subject }) => subject },
  { words: heading.status, choices: caseStatus, sees: [object, 'status'], value: ({ status }) => status },
  { words: heading.priority, choices: priority, sees: [object, 'priority'], value: (found) => found.priority },
  { words: heading.due, kind: 'moment', sees: [object, 'resolveDueAt'], value: ({ dueAt }) => dueAt },
  ...placeColumns(object),
];

/** The cases of “My day”. What is due first comes first, so all of one's open cases are sorted before the first line; they are work for one person. */
export const casesExport = exportRoute({
  name: 'cases',
  path: '/day/cases/export',
  summary: 'The own open cases as a file, what is due first at the top',
  query: z.object({}),
  columns,
  async *pages(_context: Context, { crm, member }): AsyncGenerator<readonly ShownCase[]> {
    const cases: ShownCase[] = [];
    for await (const page of momentsOf(crm, [ownCases(member.id)])) {
      cases.push(...(await showCases(crm, recordsOf(page))));
    }
    yield cases.toSorted(byNeed);
  },
});
