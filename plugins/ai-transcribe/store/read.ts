import {
  type FoundLine,
  type PluginTables,
  sql,
  thisTenant,
  type Transcript,
  type TranscriptLine,
} from '@switchboard/core/contract';
import type { TranscriptRow } from './transcripts.ts';

type LineRow = {
  readonly recording_id: string;
  readonly number: number;
  readonly speaker: TranscriptLine['speaker'];
  readonly from_ms: number | null;
  readonly to_ms: number | null;
  readonly state: TranscriptLine['state'];
  readonly text: string;
  readonly confidence: number | null;
  readonly version: number;
  readonly original: string | null;
  readonly member_id: string | null;
  readonly member_name: string | null;
  readonly corrected_at: Date | null;
};

/** What the pages need of a transcript beside the lines; the waveform is asked for alone. */
const columns = sql`call_id, recording_id, file, mime_type, started_at, agent_extension, state, reason, detail,
  waiting_since, engine, model, language, seconds, run, created_at`;

/** All transcripts of a call with their lines, the earliest recording first. */
export async function transcriptsOf({ query }: PluginTables, callId: string): Promise<Transcript[]> {
  const rows = await query<TranscriptRow>(sql`
    select ${columns} from ai_transcribe_transcript where tenant_id = ${thisTenant} and call_id = ${callId}
      order by started_at, recording_id`);
  const lines = await query<LineRow>(sql`
    select line.recording_id, line.number, line.speaker, line.from_ms, line.to_ms, line.state, line.text, line.confidence,
        line.version, first.text_before as original, last.member_id, last.member_name, last.at as corrected_at
      from ai_transcribe_line line
        left join ai_transcribe_correction first
          on first.tenant_id = ${thisTenant} and first.call_id = line.call_id and first.recording_id = line.recording_id
            and first.number = line.number and first.version = 1
        left join ai_transcribe_correction last
          on last.tenant_id = ${thisTenant} and last.call_id = line.call_id and last.recording_id = line.recording_id
            and last.number = line.number and last.version = line.version
      where line.tenant_id = ${thisTenant} and line.call_id = ${callId} and line.state <> 'silent'
      order by line.number`);
  const byRecording = Map.groupBy(lines, ({ recording_id: id }) => id);
  return rows.map((row) => shown(row, byRecording.get(row.recording_id) ?? []));
}

function shown(row: TranscriptRow, lines: readonly LineRow[]): Transcript {
  const { state, reason, detail, engine, model, language, seconds } = row;
  return {
    callId: row.call_id,
    recordingId: row.recording_id,
    state,
    reason,
    detail,
    engine,
    model,
    language,
    seconds,
    startedAt: row.started_at.toISOString(),
    agentExtension: row.agent_extension,
    lines: lines.map(shownLine),
  };
}

function shownLine(line: LineRow): TranscriptLine {
  return {
    number: line.number,
    speaker: line.speaker,
    fromMs: line.from_ms ?? undefined,
    toMs: line.to_ms ?? undefined,
    state: line.state,
    text: line.text,
    confidence: line.confidence ?? undefined,
    version: line.version,
    correction: correctionOf(line),
  };
}

function correctionOf({ original, member_id: memberId, member_name: by, corrected_at: at }: LineRow) {
  if (original === null || memberId === null || by === null || at === null) return undefined;
  return { original, memberId, by, at: at.toISOString() };
}

const MOST_FOUND = 200;

/** Lines that hold all words, the newest recordings first. */
export async function searchLines({ query }: PluginTables, words: string, limit = 50): Promise<FoundLine[]> {
  const rows = await query<LineRow & { call_id: string; started_at: Date }>(sql`
    select line.call_id, line.recording_id, line.number, line.speaker, line.from_ms, line.text, transcript.started_at
      from ai_transcribe_line line
        join ai_transcribe_transcript transcript
          on transcript.tenant_id = ${thisTenant} and transcript.call_id = line.call_id
            and transcript.recording_id = line.recording_id
      where line.tenant_id = ${thisTenant} and line.words @@ plainto_tsquery('simple', ${words})
        and transcript.state = 'ready'
      order by transcript.started_at desc, line.number limit ${Math.max(1, Math.min(limit, MOST_FOUND))}`);
  return rows.map((row) => ({
    callId: row.call_id,
    recordingId: row.recording_id,
    number: row.number,
    speaker: row.speaker,
    fromMs: row.from_ms ?? undefined,
    text: row.text,
    startedAt: row.started_at.toISOString(),
  }));
}
