import type { CrmRecord, PluginTables } from '@switchboard/core/contract';
import { awaiting, type CaseRow, keepPending, lockRow, withPending } from '../cases/pending.ts';
import { linkOf } from '../malfunctions/call-state.ts';
import type { Context } from '../services.ts';
import { keepPromises, type PromiseContext } from './keep.ts';

/** Somebody has answered the customer: the first time counts, whatever comes later. */
export async function noteResponse(context: Context, caseId: string, at: Date): Promise<void> {
  const record = await context.crm.get('serviceCase', caseId);
  await context.commit({
    rows: async (tables) => {
      const row = await lockRow(tables, caseId);
      const fields = await answered(tables, context, { caseId, record, row, at, now: context.clock.now() });
      return Object.keys(fields).length === 0 ? undefined : { writes: [{ object: 'serviceCase', id: caseId, fields }] };
    },
  });
}

interface Answering {
  readonly caseId: string;
  readonly record: CrmRecord | undefined;
  readonly row: CaseRow;
  readonly at: Date;
  readonly now: number;
}

/** In the transaction that holds the case. @returns the fields that change, kept until Twenty has them */
async function answered(
  tables: PluginTables,
  context: PromiseContext,
  { caseId, record, row, at, now }: Answering,
): Promise<Readonly<Record<string, unknown>>> {
  const current = withPending(caseId, record, row, now);
  if (current === undefined || linkOf(current, 'firstResponseAt') !== null) return {};
  const own = { firstResponseAt: at.toISOString() };
  const serviceCase = { ...current, ...own };
  const changed = Object.keys(own);
  const promised = await keepPromises(tables, context, { caseId, serviceCase, changed, contract: undefined, at });
  const fields = { ...own, ...promised };
  await keepPending(tables, caseId, awaiting(record, row.pending, fields, now));
  return fields;
}
