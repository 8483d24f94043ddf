import { type CrmReader, json, NotFoundError, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { findCase } from '../cases/find.ts';
import { isOwnId } from '../malfunctions/call-state.ts';
import { findFolder } from '../malfunctions/folder.ts';
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
 *
 * @throws NotFoundError when the folder or the record is not there, or not for the member to see
 */
export async function decide(
  context: Pick<Context, 'commit' | 'crm' | 'tables' | 'clock'>,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  decision: Decision,
): Promise<void> {
  const { tables, clock } = context;
  const { folderId, object, recordId, isAccepted } = decision;
  const now = new Date(clock.now());
  await findFolder({ tables, crm, now: clock.now() }, folderId);
  await demandMember(context, crm, decision);
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

async function demandMember(
  { crm: all, tables, clock }: Pick<Context, 'crm' | 'tables' | 'clock'>,
  crm: CrmReader,
  { object, recordId }: Decision,
): Promise<void> {
  const [shown, record] = await Promise.all([crm.get(object, recordId), all.get(object, recordId)]);
  if (shown !== undefined) return;
  const isNew = record === undefined && (await all.deleted(object, recordId)) === undefined;
  if (isNew && object === 'serviceCase') await findCase({ tables, crm: all, now: clock.now() }, recordId);
  if (isNew && (object === 'serviceCase' || isOwnId(recordId))) return;
  throw new NotFoundError('There is no such call or case', {
    field: 'body.recordId',
    remedy: 'It may have been deleted in Twenty, or your role may not see it.',
  });
}
