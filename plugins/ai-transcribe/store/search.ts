import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

export interface FoundTranscript {
  readonly callId: string;
  readonly recordingId: string;
  readonly startedAt: Date;
  readonly agentExtension: string;
}

export interface Hit {
  readonly number: number;
  readonly speaker: 'agent' | 'caller' | 'unknown';
  readonly fromMs: number | null;
  readonly text: string;
}

/** The end of the page before. */
export interface After {
  readonly startedAt: Date;
  readonly callId: string;
  readonly recordingId: string;
}

const MOST_WORDS = 12;

/** The words of a question as PostgreSQL looks for them: each may be the beginning of one that was said. */
export function lookedFor(question: string): string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MOST_WORDS).map((word) => `${word}:*`);
}

/** Transcripts in which all these words are said, wherever in them, the newest first. @param words of `lookedFor` */
export async function findTranscripts(
  { query }: PluginTables,
  words: readonly string[],
  { after, limit }: { readonly after?: After | undefined; readonly limit: number },
): Promise<FoundTranscript[]> {
  const beyond =
    after === undefined
      ? sql`true`
      : sql`(transcript.started_at, transcript.call_id, transcript.recording_id)
          < (${after.startedAt}, ${after.callId}::uuid, ${after.recordingId})`;
  return await query<FoundTranscript>(sql`
    with said as (
      select line.call_id, line.recording_id
        from ai_transcribe_line line, unnest(${words}::text[]) word
        where line.tenant_id = ${thisTenant} and line.words @@ to_tsquery('simple', word)
        group by line.call_id, line.recording_id
        having count(distinct word) = ${words.length}
    )
    select transcript.call_id as "callId", transcript.recording_id as "recordingId",
        transcript.started_at as "startedAt", transcript.agent_extension as "agentExtension"
      from said
        join ai_transcribe_transcript transcript
          on transcript.tenant_id = ${thisTenant} and transcript.call_id = said.call_id
            and transcript.recording_id = said.recording_id
      where transcript.state = 'ready' and ${beyond}
      order by transcript.started_at desc, transcript.call_id desc, transcript.recording_id desc
      limit ${limit}`);
}

/** The first lines of a transcript in which any of the words is said, and how many there are. */
export async function findHits(
  { query }: PluginTables,
  { callId, recordingId }: Pick<FoundTranscript, 'callId' | 'recordingId'>,
  words: readonly string[],
  limit: number,
): Promise<{ readonly hits: Hit[]; readonly total: number }> {
  const rows = await query<Hit & { total: number }>(sql`
    select number, speaker, from_ms as "fromMs", text, (count(*) over ())::int as total from ai_transcribe_line
      where tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId}
        and words @@ to_tsquery('simple', ${words.join(' | ')})
      order by number limit ${limit}`);
  const hits = rows.map(({ number, speaker, fromMs, text }) => ({ number, speaker, fromMs, text }));
  return { hits, total: rows[0]?.total ?? 0 };
}
