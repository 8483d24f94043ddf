import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Run } from '../work.ts';

export interface LineName extends Pick<Run, 'callId' | 'recordingId'> {
  readonly number: number;
}

export interface Correction extends LineName {
  readonly text: string;
  /** Of the line as the person saw it. */
  readonly version: number;
  readonly member: { readonly id: string; readonly name: string };
  readonly at: Date;
}

export type CorrectedLine = { readonly state: string; readonly text: string; readonly version: number };

const isLine = ({ callId, recordingId, number }: LineName) =>
  sql`tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId} and number = ${number}`;

/** The line as it is now, kept from changing until the end of the transaction. */
export async function lockLine({ query }: PluginTables, name: LineName): Promise<CorrectedLine | undefined> {
  const [line] = await query<CorrectedLine>(
    sql`select state, text, version from ai_transcribe_line where ${isLine(name)} for update`,
  );
  return line;
}

/** Writes the new text and keeps the old one. @param line as it was locked */
export async function keepCorrection(
  { query }: PluginTables,
  line: CorrectedLine,
  { text, member, at, ...name }: Correction,
): Promise<void> {
  await query(sql`
    update ai_transcribe_line set text = ${text}, state = 'clear', version = version + 1 where ${isLine(name)}`);
  await query(sql`
    insert into ai_transcribe_correction
        (tenant_id, call_id, recording_id, number, version, text_before, state_before, member_id, member_name, at)
      values (${thisTenant}, ${name.callId}, ${name.recordingId}, ${name.number}, ${line.version + 1}, ${line.text},
        ${line.state}, ${member.id}, ${member.name}, ${at})`);
}

/** Who corrected a line last. */
export async function lastCorrector(
  { query }: PluginTables,
  name: LineName,
): Promise<{ readonly memberId: string; readonly name: string } | undefined> {
  const [last] = await query<{ memberId: string; name: string }>(sql`
    select member_id as "memberId", member_name as name from ai_transcribe_correction
      where ${isLine(name)} order by version desc limit 1`);
  return last;
}
