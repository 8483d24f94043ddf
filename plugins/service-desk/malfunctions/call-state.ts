import { type CrmRecord, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** After that long nobody waits for Twenty any more. */
const BELIEVED_MS = 86_400_000;

/** What is known of a call's folder beside its record: who moved it last, and what an agent said while it rang. */
export interface CallRow {
  readonly callId: string;
  readonly filedCase: string | null;
  readonly filedFolder: string | null;
  readonly isWritten: boolean | null;
  readonly filedAt: Date | null;
  readonly became: string | null;
  readonly mirrorWas: string | null;
  readonly movedAt: Date | null;
}

/** @returns by id; calls of which the desk knows nothing are missing */
export async function callRows(tables: PluginTables, ids: readonly string[]): Promise<ReadonlyMap<string, CallRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables.query<CallRow>(sql`
    select asked.id as "callId", filed.case_id as "filedCase", filed.malfunction_id as "filedFolder",
      filed.is_written as "isWritten", filed.filed_at as "filedAt",
      moved.became, moved.mirror_was as "mirrorWas", moved.at as "movedAt"
    from unnest(${ids}::uuid[]) as asked (id)
    left join service_desk_call filed on filed.tenant_id = ${thisTenant} and filed.call_id = asked.id
    left join lateral (
      select became, mirror_was, at from service_desk_move
      where tenant_id = ${thisTenant} and record_id = asked.id order by service_desk_move.id desc limit 1
    ) moved on true`);
  return new Map(rows.map((row) => [row.callId, row]));
}

/** The folder of a call as it will be. */
export function callFolder(record: CrmRecord | undefined, row: CallRow | undefined, now: number): string | null {
  const mirrored = linkOf(record, 'malfunctionId');
  if (row === undefined) return mirrored;
  const isFresh = (at: Date | null): at is Date => at !== null && now - at.getTime() < BELIEVED_MS;
  const moved = isFresh(row.movedAt) ? row.movedAt : undefined;
  const filed = isFresh(row.filedAt) && row.filedFolder !== null ? row.filedAt : undefined;
  if (moved !== undefined && (filed === undefined || filed <= moved)) {
    return mirrored === row.mirrorWas ? row.became : mirrored;
  }
  return filed !== undefined && (mirrored === null || row.isWritten === false) ? row.filedFolder : mirrored;
}

/** The case of a call as it will be. */
export function callCase(record: CrmRecord | undefined, row: CallRow | undefined): string | null {
  return linkOf(record, 'serviceCaseId') ?? row?.filedCase ?? null;
}

export function linkOf(record: CrmRecord | undefined, field: string): string | null {
  const value = record?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The hub's own ids are UUID version 5: a call that goes on has one, and no record yet. */
export const isOwnId = (id: string): boolean => id[14] === '5';
