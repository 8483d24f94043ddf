import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** Takes text, corrections and waveforms of a call away. Work under way finds another run and ends. @returns how many there were */
export async function forgetCallText({ query }: PluginTables, callId: string, reason: string): Promise<number> {
  await query(sql`delete from ai_transcribe_line where tenant_id = ${thisTenant} and call_id = ${callId}`);
  await query(sql`delete from ai_transcribe_suggestion where tenant_id = ${thisTenant} and call_id = ${callId}`);
  const gone = await query(sql`
    update ai_transcribe_transcript
      set state = 'deleted', reason = ${reason}, detail = '', waiting_since = null, waveform = null, channels = 0,
        file = null, run = run + 1, updated_at = now()
      where tenant_id = ${thisTenant} and call_id = ${callId} and state <> 'deleted'
      returning recording_id`);
  return gone.length;
}

/** Calls of which all recordings are older, the oldest first. */
export async function oldCalls({ query }: PluginTables, before: Date, limit: number): Promise<string[]> {
  const rows = await query<{ callId: string }>(sql`
    select call_id as "callId" from ai_transcribe_transcript
      where tenant_id = ${thisTenant} and state <> 'deleted'
      group by call_id having max(started_at) < ${before}
      order by max(started_at) limit ${limit}`);
  return rows.map(({ callId }) => callId);
}

/** Takes away what was worked out of sound and text: waveforms, and what a language model proposed. @returns how many waveforms it was */
export async function forgetWaveforms({ query }: PluginTables, before: Date): Promise<number> {
  await query(sql`
    delete from ai_transcribe_suggestion suggestion using ai_transcribe_transcript transcript
      where suggestion.tenant_id = ${thisTenant} and transcript.tenant_id = ${thisTenant}
        and transcript.call_id = suggestion.call_id and transcript.recording_id = suggestion.recording_id
        and transcript.started_at < ${before}`);
  const rows = await query(sql`
    update ai_transcribe_transcript set waveform = null, channels = 0
      where tenant_id = ${thisTenant} and started_at < ${before} and waveform is not null
      returning recording_id`);
  return rows.length;
}

/** How much there is of these calls. */
export async function countTexts(
  { query }: PluginTables,
  callIds: readonly string[],
): Promise<{ readonly transcripts: number; readonly lines: number }> {
  const [counts] = await query<{ transcripts: number; lines: number }>(sql`
    select
      (select count(*)::int from ai_transcribe_transcript
        where tenant_id = ${thisTenant} and call_id = any(${callIds}::uuid[]) and state <> 'deleted') as transcripts,
      (select count(*)::int from ai_transcribe_line
        where tenant_id = ${thisTenant} and call_id = any(${callIds}::uuid[])) as lines`);
  return counts ?? { transcripts: 0, lines: 0 };
}
