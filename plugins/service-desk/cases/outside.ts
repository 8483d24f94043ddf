import type { CrmRecord, PluginTables } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import { editable } from '../map.ts';
import { contractFor, keepPromises } from '../promises/keep.ts';
import type { Context } from '../services.ts';
import { awaiting, keepPending, lockRow, readRow, withPending } from './pending.ts';

/** Somebody has changed a case in Twenty: what they wrote counts, and whoever has it open is told. */
export async function noteOutsideChange(
  context: Context,
  caseId: string,
  { fields, at }: { readonly fields: readonly string[]; readonly at: Date },
): Promise<void> {
  const { tables, commit, clock, crm } = context;
  // Most cases are nobody's concern at the desk.
  if ((await readRow(tables, caseId)) === undefined) return;
  const changed = fields.filter((field) => (editable as readonly string[]).includes(field));
  const record = await crm.get('serviceCase', caseId);
  const contract = record === undefined ? undefined : await contractFor(context, record);
  await commit({
    rows: async (own) => {
      const row = await lockRow(own, caseId);
      const kept = Object.fromEntries(Object.entries(row.pending).filter(([field]) => !fields.includes(field)));
      const current = withPending(caseId, record, { ...row, pending: kept }, clock.now());
      const turned = await turn(own, { context, current, fields, contract, at });
      await keepPending(own, caseId, awaiting(record, kept, turned, clock.now()));
      const writes = Object.keys(turned).length === 0 ? [] : [{ object: 'serviceCase', id: caseId, fields: turned }];
      if (changed.length === 0) return { writes };
      const news = { kind: 'changed', byId: null, by: '', fields: changed } as const;
      return { writes, live: [await caseWork(own, caseId, clock.now(), news)] };
    },
  });
}

interface Outside {
  readonly context: Context;
  readonly current: CrmRecord | undefined;
  readonly fields: readonly string[];
  readonly contract: CrmRecord | undefined;
  readonly at: Date;
}

/** The clocks go with the change from the moment on at which it was made. */
async function turn(tables: PluginTables, { context, current, fields, contract, at }: Outside) {
  if (current === undefined || fields.length === 0) return {};
  const moment = new Date(Math.min(at.getTime(), context.clock.now()));
  return await keepPromises(tables, context, {
    caseId: current.id,
    serviceCase: current,
    changed: fields,
    contract,
    at: moment,
  });
}
