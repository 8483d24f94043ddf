import { exportRoute, type ListColumn } from '@switchboard/core/contract';
import { z } from 'zod';
import { recentCalls, recentKinds } from '../cases/recent.ts';
import { namesBehind } from '../records/named.ts';
import { showCalls, type ShownCall } from '../records/shown.ts';
import { textIn } from '../records/values.ts';
import type { Context } from '../services.ts';
import { placeColumns } from './columns.ts';
import { momentsOf, recordsOf } from './pages.ts';
import { direction, heading, outcome } from './words.ts';

interface Row extends ShownCall {
  readonly serviceCase: string | null;
  readonly followedUpAt: string | null;
}

const object = 'phoneCall';

const columns: readonly ListColumn<Row>[] = [
  { words: heading.began, kind: 'moment', sees: [object, 'startedAt'], value: ({ startedAt }) => startedAt },
  { words: heading.direction, choices: direction, sees: [object, 'direction'], value: (call) => call.direction },
  { words: heading.outcome, choices: outcome, sees: [object, 'outcome'], value: (call) => call.outcome },
  { words: heading.seconds, sees: [object, 'durationSeconds'], value: (call) => call.durationSeconds },
  { words: heading.phone, sees: [object, 'phoneNumber'], value: ({ number }) => number?.text },
  ...placeColumns(object),
  { words: heading.agent, sees: [object, 'agentName'], value: ({ agentName }) => agentName },
  { words: heading.case, sees: [object, 'serviceCaseId'], value: ({ serviceCase }) => serviceCase },
  { words: heading.calledBack, kind: 'moment', sees: [object, 'followedUpAt'], value: (call) => call.followedUpAt },
];

/** The page “Calls”. */
export const callsExport = exportRoute({
  name: 'calls',
  path: '/calls/export',
  summary: 'The own calls, or those that nobody answered, as a file (?which=mine|missed)',
  query: z.object({ which: z.enum(recentKinds) }),
  columns,
  async *pages({ tenant }: Context, { crm, member }, { which }): AsyncGenerator<readonly Row[]> {
    for await (const page of momentsOf(crm, [recentCalls(which, member.id)])) {
      const records = recordsOf(page);
      const [calls, named] = await Promise.all([
        showCalls(crm, tenant, records),
        namesBehind(crm, records, { serviceCaseId: 'serviceCase' }),
      ]);
      yield records.flatMap((record, index): Row[] => {
        const call = calls[index];
        if (call === undefined) return [];
        const serviceCase = named(record, 'serviceCaseId')?.name ?? null;
        return [{ ...call, serviceCase, followedUpAt: textIn(record, 'followedUpAt') }];
      });
    }
  },
});
