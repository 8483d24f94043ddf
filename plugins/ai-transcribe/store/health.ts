import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { TranscriptState } from './transcripts.ts';

/** A recording of which something can be told. */
export interface Told {
  readonly callId: string;
  readonly state: TranscriptState;
  readonly reason: string;
  readonly detail: string;
  readonly engine: string;
  readonly at: Date;
  /** The engine that should have done it and could not; empty where it did. */
  readonly passedOver: string;
  readonly passedOverReason: string;
  readonly passedOverAt: Date | null;
}

const columns = sql`call_id as "callId", state, reason, detail, engine, updated_at as at, passed_over as "passedOver",
  passed_over_reason as "passedOverReason", passed_over_at as "passedOverAt"`;

export interface Health {
  readonly queue: { readonly waiting: number; readonly working: number; readonly since: Date | null };
  /** What became of recordings since then. */
  readonly states: Partial<Record<TranscriptState, number>>;
  readonly passedOver: number;
  readonly lastDone: Told | undefined;
  /** The last one that failed or is held up. */
  readonly lastTrouble: Told | undefined;
  readonly lastPassedOver: Told | undefined;
}

/** How the work of a tenant goes; counts are of what happened since. */
export async function readHealth({ query }: PluginTables, since: Date): Promise<Health> {
  const one = async (where: ReturnType<typeof sql>) =>
    (
      await query<Told>(
        sql`select ${columns} from ai_transcribe_transcript where tenant_id = ${thisTenant} and ${where} limit 1`,
      )
    )[0];
  const [counts, [queue], [passed], lastDone, lastFailed, lastHeldUp, lastPassedOver] = await Promise.all([
    query<{ state: TranscriptState; count: number }>(sql`
      select state, count(*)::int as count from ai_transcribe_transcript
        where tenant_id = ${thisTenant} and updated_at >= ${since} group by state`),
    query<Health['queue']>(sql`
      select count(*) filter (where state = 'waiting')::int as waiting,
          count(*) filter (where state = 'working')::int as working, min(coalesce(waiting_since, updated_at)) as since
        from ai_transcribe_transcript where tenant_id = ${thisTenant} and state in ('waiting', 'working')`),
    query<{ count: number }>(sql`
      select count(*)::int as count from ai_transcribe_transcript
        where tenant_id = ${thisTenant} and passed_over_at >= ${since}`),
    one(sql`state = 'ready' order by updated_at desc`),
    one(sql`state = 'failed' order by updated_at desc`),
    one(sql`state = 'waiting' and reason <> '' order by updated_at desc`),
    one(sql`passed_over_at is not null order by passed_over_at desc`),
  ]);
  return {
    queue: queue ?? { waiting: 0, working: 0, since: null },
    states: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
    passedOver: passed?.count ?? 0,
    lastDone,
    lastTrouble: [lastHeldUp, lastFailed]
      .filter((told) => told !== undefined)
      .toSorted((told, other) => other.at.getTime() - told.at.getTime())[0],
    lastPassedOver,
  };
}

/** That an engine could not go on with a recording, and another one did. */
export async function notePassedOver(
  { query }: PluginTables,
  { callId, recordingId }: { readonly callId: string; readonly recordingId: string },
  { engine, reason, at }: { readonly engine: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await query(sql`
    update ai_transcribe_transcript
      set passed_over = ${engine}, passed_over_reason = ${reason}, passed_over_at = ${at}
      where tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId}`);
}
