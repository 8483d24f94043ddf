import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Suggestion } from '../assist/suggestion.ts';
import type { Run } from '../work.ts';

export interface SuggestionRow {
  readonly recordingId: string;
  readonly run: number;
  readonly state: 'ready' | 'waiting' | 'failed';
  readonly reason: string;
  readonly waitingSince: Date | null;
  readonly model: string;
  readonly content: Suggestion | null;
  readonly decision: 'accepted' | 'rejected' | null;
  readonly decidedBy: string;
  readonly decidedAt: Date | null;
}

const columns = sql`recording_id as "recordingId", run, state, reason, waiting_since as "waitingSince", model, content, decision,
  decided_by as "decidedBy", decided_at as "decidedAt"`;

/** Of all recordings of a call. */
export async function suggestionsOf({ query }: PluginTables, callId: string): Promise<SuggestionRow[]> {
  return await query<SuggestionRow>(sql`
    select ${columns} from ai_transcribe_suggestion where tenant_id = ${thisTenant} and call_id = ${callId}
      order by recording_id`);
}

export interface NewSuggestion {
  readonly state: SuggestionRow['state'];
  readonly reason?: string;
  readonly waitingSince?: Date | null;
  readonly model: string;
  readonly content?: Suggestion;
}

/** Keeps what came of a transcript, in place of what came of an earlier run; not of one that was deleted meanwhile. */
export async function setSuggestion(
  { query }: PluginTables,
  { callId, recordingId, run }: Run,
  { state, reason = '', waitingSince = null, model, content }: NewSuggestion,
): Promise<void> {
  const json = content === undefined ? null : JSON.stringify(content);
  await query(sql`
    insert into ai_transcribe_suggestion as known
        (tenant_id, call_id, recording_id, run, state, reason, waiting_since, model, content)
      select ${thisTenant}, call_id, recording_id, run, ${state}, ${reason}, ${waitingSince}::timestamptz, ${model}, ${json}::jsonb
        from ai_transcribe_transcript
        where tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId} and run = ${run}
          and state = 'ready'
        for update
      on conflict (tenant_id, call_id, recording_id) do update
        set run = excluded.run, state = excluded.state, reason = excluded.reason, waiting_since = excluded.waiting_since,
            model = excluded.model, content = excluded.content, decision = null, decided_by = '', decided_at = null`);
}

/** @returns false when there is none to decide about, or somebody has decided */
export async function decide(
  { query }: PluginTables,
  { callId, recordingId }: { readonly callId: string; readonly recordingId: string },
  { decision, by, at }: { readonly decision: 'accepted' | 'rejected'; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const decided = await query(sql`
    update ai_transcribe_suggestion set decision = ${decision}, decided_by = ${by}, decided_at = ${at}
      where tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId} and state = 'ready'
        and decision is null
      returning 1`);
  return decided.length > 0;
}
