import type { Context } from '../services.ts';
import { caseWork } from '../live/case-work.ts';
import { editable } from '../map.ts';
import { keepPending, lockRow, readRow } from './pending.ts';

/** Somebody has changed a case in Twenty: what they wrote counts, and whoever has it open is told. */
export async function noteOutsideChange(
  { tables, commit, clock }: Context,
  caseId: string,
  fields: readonly string[],
): Promise<void> {
  // Most cases are nobody's concern at the desk.
  if ((await readRow(tables, caseId)) === undefined) return;
  const changed = fields.filter((field) => (editable as readonly string[]).includes(field));
  await commit({
    rows: async (own) => {
      const { pending } = await lockRow(own, caseId);
      const kept = Object.entries(pending).filter(([field]) => !fields.includes(field));
      await keepPending(own, caseId, Object.fromEntries(kept));
      if (changed.length === 0) return undefined;
      const news = { kind: 'changed', byId: null, by: '', fields: changed } as const;
      return { live: [await caseWork(own, caseId, clock.now(), news)] };
    },
  });
}
