import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

export interface Erasure {
  readonly id: string;
  readonly personId: string;
  readonly wantedBy: string;
  readonly wantedAt: Date;
  readonly calls: number;
  readonly done: number;
  readonly isSearched: boolean;
}

const columns = sql`id, person_id as "personId", wanted_by as "wantedBy", wanted_at as "wantedAt", calls, done,
  is_searched as "isSearched"`;

export async function addErasure(
  { query }: PluginTables,
  { id, personId, wantedBy }: Pick<Erasure, 'id' | 'personId' | 'wantedBy'>,
): Promise<void> {
  await query(sql`
    insert into ai_transcribe_erasure (tenant_id, id, person_id, wanted_by)
      values (${thisTenant}, ${id}, ${personId}, ${wantedBy})`);
}

export async function findErasure({ query }: PluginTables, id: string): Promise<Erasure | undefined> {
  const [row] = await query<Erasure>(
    sql`select ${columns} from ai_transcribe_erasure where tenant_id = ${thisTenant} and id = ${id}`,
  );
  return row;
}

export async function lastErasure({ query }: PluginTables, personId: string): Promise<Erasure | undefined> {
  const [row] = await query<Erasure>(sql`
    select ${columns} from ai_transcribe_erasure where tenant_id = ${thisTenant} and person_id = ${personId}
      order by wanted_at desc limit 1`);
  return row;
}

export async function noteFound(
  { query }: PluginTables,
  id: string,
  { calls, isSearched }: { readonly calls: number; readonly isSearched: boolean },
): Promise<void> {
  await query(sql`
    update ai_transcribe_erasure set calls = calls + ${calls}, is_searched = ${isSearched}
      where tenant_id = ${thisTenant} and id = ${id}`);
}

export async function noteDone({ query }: PluginTables, id: string): Promise<void> {
  await query(
    sql`update ai_transcribe_erasure set done = done + 1 where tenant_id = ${thisTenant} and id = ${id} and done < calls`,
  );
}
