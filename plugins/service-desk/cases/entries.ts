import { randomUUID } from 'node:crypto';
import { type CrmWrite, json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { type Entry, entryWrite } from '../map.ts';

/** What somebody did, as it is noted: who and when come with it. */
export type NewEntry = Pick<Entry, 'kind' | 'memberId' | 'memberName' | 'caseId' | 'at'> & Partial<Entry>;

/** Adds a line to what happened. @returns the copy that goes to the CRM with the same commit */
export async function addEntry(tables: PluginTables, given: NewEntry): Promise<CrmWrite> {
  const entry: Entry = {
    id: randomUUID(),
    malfunctionId: null,
    callId: null,
    body: '',
    before: {},
    after: {},
    ...given,
  };
  await tables.query(sql`
    insert into service_desk_entry
      (tenant_id, id, case_id, malfunction_id, kind, at, member_id, member_name, body, before, after, call_id)
    values (${thisTenant}, ${entry.id}, ${entry.caseId}, ${entry.malfunctionId}, ${entry.kind}, ${entry.at},
      ${entry.memberId}, ${entry.memberName}, ${entry.body}, ${json(entry.before)}::jsonb,
      ${json(entry.after)}::jsonb, ${entry.callId})`);
  return entryWrite(entry);
}

const MOST = 500;

/** What happened to a case, the newest first. */
export async function entriesOf(tables: PluginTables, caseId: string): Promise<Entry[]> {
  return await tables.query<Entry>(sql`
    select id, kind, at, member_id as "memberId", member_name as "memberName", case_id as "caseId",
      malfunction_id as "malfunctionId", call_id as "callId", body, before, after
    from service_desk_entry
    where tenant_id = ${thisTenant} and case_id = ${caseId} order by at desc, id limit ${MOST}`);
}
