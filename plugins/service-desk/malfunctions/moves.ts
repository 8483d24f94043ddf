import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Author } from '../services.ts';
import type { MemberObject } from './choices.ts';

export interface Move {
  readonly object: MemberObject;
  readonly recordId: string;
  readonly was: string | null;
  readonly became: string | null;
  readonly mirrorWas: string | null;
  readonly at: Date;
  readonly author: Author;
  /** Of the suggestion that was followed. */
  readonly score: number | null;
}

export async function noteMove(tables: PluginTables, move: Move): Promise<void> {
  const { object, recordId, was, became, mirrorWas, at, author, score } = move;
  await tables.query(sql`
    insert into service_desk_move (tenant_id, object, record_id, was, became, mirror_was, at, member_id, member_name, score)
    values (${thisTenant}, ${object}, ${recordId}, ${was}, ${became}, ${mirrorWas}, ${at}, ${author.id},
      ${author.name}, ${score})`);
}

export interface Joined {
  readonly recordId: string;
  readonly at: Date;
  readonly by: string;
  readonly score: number | null;
}

/** Who put what into a folder, by the id of the member; what was put there in Twenty is missing. */
export async function joinedIn(tables: PluginTables, folderId: string): Promise<ReadonlyMap<string, Joined>> {
  const rows = await tables.query<Joined>(sql`
    select distinct on (record_id) record_id as "recordId", at, member_name as by, score
    from service_desk_move where tenant_id = ${thisTenant} and became = ${folderId}
    order by record_id, id desc`);
  return new Map(rows.map((row) => [row.recordId, row]));
}
