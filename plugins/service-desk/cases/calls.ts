import { type JobInput, job, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { writeCallLink } from '../jobs/work.ts';

/** What a call is about. */
export interface Filing {
  readonly caseId: string | null;
  readonly malfunctionId: string | null;
}

/** Locks what is known of a call until the transaction has ended, so that of two agents the second sees what the first did. */
export async function lockCall(tables: PluginTables, callId: string, at: Date): Promise<Filing> {
  await tables.query(sql`
    insert into service_desk_call (tenant_id, call_id, filed_at) values (${thisTenant}, ${callId}, ${at})
    on conflict do nothing`);
  const [row] = await tables.query<Filing>(sql`
    select case_id as "caseId", malfunction_id as "malfunctionId" from service_desk_call
    where tenant_id = ${thisTenant} and call_id = ${callId} for update`);
  return row ?? { caseId: null, malfunctionId: null };
}

/** @returns the job that writes it to the call's record, once there is one */
export async function fileCall(
  tables: PluginTables,
  callId: string,
  { caseId, malfunctionId }: Filing,
  at: Date,
): Promise<JobInput> {
  await tables.query(sql`
    update service_desk_call
    set case_id = ${caseId}, malfunction_id = ${malfunctionId}, filed_at = ${at}, is_written = false
    where tenant_id = ${thisTenant} and call_id = ${callId}`);
  return job(
    writeCallLink,
    { callId, isOver: false },
    `${callId}/${caseId ?? malfunctionId ?? ''}/${at.toISOString()}`,
  );
}
