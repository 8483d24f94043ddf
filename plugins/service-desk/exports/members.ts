import { exportRoute, type ListColumn } from '@switchboard/core/contract';
import { z } from 'zod';
import { showFolder } from '../malfunctions/show.ts';
import type { ShownMember } from '../malfunctions/shown.ts';
import { shownNumber } from '../records/values.ts';
import { id } from '../routes/shapes.ts';
import type { Context } from '../services.ts';
import { placeColumns } from './columns.ts';
import { caseStatus, direction, entryKind, heading, outcome } from './words.ts';

interface Row extends ShownMember {
  readonly phone: string | undefined;
}

const columns: readonly ListColumn<Row>[] = [
  { words: heading.kind, choices: entryKind, value: ({ object }) => (object === 'phoneCall' ? 'call' : 'case') },
  { words: heading.number, value: ({ number }) => number },
  { words: heading.subject, value: ({ title }) => title },
  { words: heading.status, choices: { ...caseStatus, ...outcome }, value: ({ status }) => status },
  { words: heading.direction, choices: direction, value: (member) => member.direction },
  { words: heading.phone, value: ({ phone }) => phone },
  ...placeColumns('serviceCase'),
  { words: heading.at, kind: 'moment', value: ({ at }) => at },
];

/** The calls and cases of a malfunction. */
export const membersExport = exportRoute({
  name: 'malfunction',
  path: '/malfunctions/members/export',
  summary: 'The calls and cases of a malfunction as a file (?id=ID)',
  query: z.object({ id }),
  columns,
  async *pages({ tables, clock, tenant }: Context, { crm }, asked): AsyncGenerator<readonly Row[]> {
    const { members } = await showFolder({ tables, crm, now: clock.now() }, asked.id);
    yield members.map((one) => ({ ...one, phone: shownNumber(one.phoneNumber, tenant.country)?.text }));
  },
});
