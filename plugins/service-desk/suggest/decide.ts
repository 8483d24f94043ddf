import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Author, Context } from '../services.ts';
import { weigh } from './grams.ts';
import { scoreOf } from './score.ts';
import { corpusFor, type Entry, groupOf } from './store.ts';
import { learn, weightsFrom } from './weights.ts';

export interface Decision {
  readonly folderId: string;
  readonly object: 'serviceCase' | 'phoneCall';
  readonly recordId: string;
  readonly isAccepted: boolean;
}

/**
 * Keeps what somebody thought of a suggestion and learns from it, once per pair; who thinks otherwise later is kept, and teaches nothing new. What is
 * turned down is not suggested again.
 */
export async function decide(
  context: Pick<Context, 'commit' | 'tables' | 'clock'>,
  author: Author,
  decision: Decision,
): Promise<void> {
  const { tables, clock } = context;
  const { folderId, object, recordId, isAccepted } = decision;
  const now = new Date(clock.now());
  const [one] = await readEntry(tables, decision);
  const group = (await groupOf(tables, folderId)).filter(({ id }) => id !== recordId);
  const words = one === undefined ? new Map<number, number>() : weigh(one.grams, await corpusFor(tables, one.grams));
  await context.commit({
    rows: async (own) => {
      await own.query(sql`
        insert into service_desk_suggesting (tenant_id) values (${thisTenant}) on conflict do nothing`);
      const [known] = await own.query<{ weights: unknown; decisions: number }>(sql`
        select weights, decisions from service_desk_suggesting where tenant_id = ${thisTenant} for update`);
      const weights = weightsFrom(known?.weights);
      const scored = one === undefined || group.length === 0 ? undefined : scoreOf(one, words, group, { weights, now });
      const [kept] = await own.query<{ isNew: boolean }>(sql`
        insert into service_desk_decision (tenant_id, record_id, folder_id, object, is_accepted, score, features, at, member_id)
        values (${thisTenant}, ${recordId}, ${folderId}, ${object}, ${isAccepted}, ${scored?.score ?? 0},
          ${json(scored?.features ?? {})}::jsonb, ${now}, ${author.id})
        on conflict (tenant_id, record_id, folder_id) do update set is_accepted = excluded.is_accepted, at = excluded.at
        returning xmax = 0 as "isNew"`);
      if (kept?.isNew !== true || scored === undefined) return;
      const taught = learn(weights, scored.features, isAccepted, known?.decisions ?? 0);
      await own.query(sql`
        update service_desk_suggesting set weights = ${json(taught)}::jsonb, decisions = decisions + 1
        where tenant_id = ${thisTenant}`);
    },
  });
}

async function readEntry(tables: PluginTables, { object, recordId }: Decision): Promise<Entry[]> {
  return await tables.query<Entry>(sql`
    select object, id, folder_id as "folderId", state, company_id as "companyId", location_id as "locationId", lat, lng,
      postcode, city, asset_kind as "assetKind", at, grams
    from service_desk_trait where tenant_id = ${thisTenant} and object = ${object} and id = ${recordId}`);
}
