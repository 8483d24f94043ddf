import { ConflictError, type CrmReader, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { findCase } from '../cases/find.ts';
import { lockRow } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import type { Author, Context } from '../services.ts';
import { lockMerges } from './store.ts';

/** `child-of` and `duplicate-of` go from the one to the other; `follows`: opened after the other one was over. */
export const linkKinds = ['related', 'child-of', 'duplicate-of', 'follows'] as const;
export type LinkKind = (typeof linkKinds)[number];

export interface Link {
  readonly fromId: string;
  readonly toId: string;
  readonly kind: LinkKind;
}

export interface Linking {
  readonly caseId: string;
  readonly otherId: string;
  /** Null takes the link away. */
  readonly kind: LinkKind | null;
}

interface Asking {
  readonly author: Author;
  readonly crm: CrmReader;
}

/** Says what two cases have to do with each other; of two it is one thing. @throws NotFoundError; ConflictError for a case and itself, and for a circle of parents */
export async function linkCases(
  context: Context,
  { author, crm }: Asking,
  { caseId, otherId, kind }: Linking,
): Promise<void> {
  const sources = { tables: context.tables, crm, now: context.clock.now() };
  await findCase(sources, caseId);
  if (kind !== null) await findCase(sources, otherId);
  if (caseId === otherId) throw refused('A case cannot be linked to itself');
  await context.commit({
    rows: async (tables) => {
      await lockMerges(tables);
      const at = new Date(context.clock.now());
      await tables.query(sql`
        delete from service_desk_link where tenant_id = ${thisTenant}
          and ((from_id = ${caseId} and to_id = ${otherId}) or (from_id = ${otherId} and to_id = ${caseId}))`);
      if (kind === 'child-of' && (await isAbove(tables, caseId, otherId)))
        throw refused('The other case is below this one already');
      if (kind !== null) await keepLink(tables, { fromId: caseId, toId: otherId, kind }, author, at);
      for (const id of [caseId, otherId].toSorted()) await lockRow(tables, id);
      const by = {
        at,
        memberId: author.id,
        memberName: author.name,
        caseId,
        others: [{ object: 'serviceCase', id: otherId }],
      };
      const entry = await addEntry(tables, { ...by, kind: kind === null ? 'UNLINKED' : 'LINKED', body: '', after: {} });
      const news = { kind: 'noted', byId: author.id, by: author.name, fields: [] } as const;
      const now = at.getTime();
      return {
        journal: [entry],
        live: [await caseWork(tables, caseId, now, news), await caseWork(tables, otherId, now, news)],
      };
    },
  });
}

const refused = (message: string) =>
  new ConflictError(message, { field: 'body.otherId', remedy: 'Choose another case.' });

export async function keepLink(
  tables: PluginTables,
  { fromId, toId, kind }: Link,
  author: Author,
  at: Date,
): Promise<void> {
  const [from, to] = kind === 'related' && toId < fromId ? [toId, fromId] : [fromId, toId];
  await tables.query(sql`
    insert into service_desk_link (tenant_id, from_id, to_id, kind, at, member_id, member_name)
    values (${thisTenant}, ${from}, ${to}, ${kind}, ${at}, ${author.id}, ${author.name}) on conflict do nothing`);
}

/** Whether going from the other case from child to parent leads to this one. */
async function isAbove(tables: PluginTables, caseId: string, otherId: string): Promise<boolean> {
  const found = await tables.query(sql`
    with recursive up (id, step) as (
      select ${otherId}::uuid, 0
      union
      select link.to_id, up.step + 1 from up
      join service_desk_link link
        on link.tenant_id = ${thisTenant} and link.from_id = up.id and link.kind = 'child-of'
      where up.step < 100
    ) select id from up where id = ${caseId} limit 1`);
  return found.length > 0;
}

const MOST = 200;

export async function linksOf(tables: PluginTables, caseId: string): Promise<Link[]> {
  return await tables.query<Link>(sql`
    select from_id as "fromId", to_id as "toId", kind from service_desk_link
    where tenant_id = ${thisTenant} and (from_id = ${caseId} or to_id = ${caseId}) order by at desc limit ${MOST}`);
}
