import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Cut } from '../segments/cut.ts';
import type { Speaker } from '../segments/speakers.ts';
import type { Line } from '../segments/write-down.ts';
import type { Run } from '../work.ts';

export type TranscriptState = 'waiting' | 'working' | 'ready' | 'silent' | 'refused' | 'failed' | 'deleted';

export interface TranscriptRow {
  readonly call_id: string;
  readonly recording_id: string;
  readonly file: string | null;
  readonly mime_type: string;
  readonly started_at: Date;
  readonly agent_extension: string;
  readonly state: TranscriptState;
  readonly reason: string;
  readonly detail: string;
  readonly waiting_since: Date | null;
  readonly engine: string;
  readonly model: string;
  readonly language: string;
  readonly seconds: number;
  readonly run: number;
  readonly created_at: Date;
}

type Name = Pick<Run, 'callId' | 'recordingId'>;

const isNamed = ({ callId, recordingId }: Name) =>
  sql`tenant_id = ${thisTenant} and call_id = ${callId} and recording_id = ${recordingId}`;

export async function findTranscript({ query }: PluginTables, name: Name): Promise<TranscriptRow | undefined> {
  const [row] = await query<TranscriptRow>(sql`select * from ai_transcribe_transcript where ${isNamed(name)}`);
  return row;
}

/** The transcript that a job is about; undefined when it was begun anew meanwhile, or is done. */
export async function findUnderWay(tables: PluginTables, { run, ...name }: Run): Promise<TranscriptRow | undefined> {
  const row = await findTranscript(tables, name);
  return row?.run === run && (row.state === 'waiting' || row.state === 'working') ? row : undefined;
}

export interface NewTranscript extends Name {
  readonly file: string | null;
  readonly mimeType: string;
  readonly startedAt: string;
  readonly agentExtension: string;
  readonly engine: string;
}

/** @returns its run; undefined when it is known already and nothing new comes of it */
export async function addTranscript({ query }: PluginTables, added: NewTranscript): Promise<number | undefined> {
  const { callId, recordingId, file, mimeType, startedAt, agentExtension, engine } = added;
  // A text that was waited for in vain is now to be made from the sound.
  const [row] = await query<{ run: number }>(sql`
    insert into ai_transcribe_transcript as known
        (tenant_id, call_id, recording_id, file, mime_type, started_at, agent_extension, engine)
      values (${thisTenant}, ${callId}, ${recordingId}, ${file}, ${mimeType}, ${startedAt}, ${agentExtension}, ${engine})
      on conflict (tenant_id, call_id, recording_id) do update
        set file = excluded.file, mime_type = excluded.mime_type, engine = excluded.engine, run = known.run + 1,
            state = 'waiting', reason = '', detail = '', waiting_since = null, updated_at = now()
        where known.engine = '3cx' and excluded.engine <> '3cx' and known.state not in ('ready', 'deleted')
      returning run`);
  return row?.run;
}

/** Begins anew what failed or was refused. @returns its run; undefined where it is not in such a state */
export async function restartTranscript({ query }: PluginTables, name: Name): Promise<number | undefined> {
  const [row] = await query<{ run: number }>(sql`
    update ai_transcribe_transcript
      set run = run + 1, state = 'waiting', reason = '', detail = '', waiting_since = null, updated_at = now()
      where ${isNamed(name)} and state in ('failed', 'refused') and file is not null
      returning run`);
  return row?.run;
}

export interface StateChange {
  readonly state: TranscriptState;
  readonly reason?: string;
  readonly detail?: string;
  readonly waitingSince?: Date | null;
}

export async function setState(
  { query }: PluginTables,
  name: Name,
  { state, reason = '', detail = '', waitingSince = null }: StateChange,
): Promise<void> {
  await query(sql`
    update ai_transcribe_transcript
      set state = ${state}, reason = ${reason}, detail = ${detail}, waiting_since = ${waitingSince}, updated_at = now()
      where ${isNamed(name)} and state <> 'deleted'`);
}

/** What has to be written down, once for each run. */
export async function setCuts(
  { query }: PluginTables,
  {
    seconds,
    cuts,
    speakers,
    waveform,
    ...name
  }: Name & {
    readonly seconds: number;
    readonly cuts: readonly Cut[];
    readonly speakers: readonly Speaker[];
    readonly waveform: readonly Uint8Array[];
  },
): Promise<void> {
  await query(sql`delete from ai_transcribe_line where ${isNamed(name)}`);
  const speakerOf = (channel: number) => speakers[channel] ?? 'unknown';
  await query(sql`
    insert into ai_transcribe_line (tenant_id, call_id, recording_id, number, channel, speaker, from_ms, to_ms)
      select ${thisTenant}, ${name.callId}, ${name.recordingId}, line.*
        from unnest(${cuts.map((_, number) => number)}::int[], ${cuts.map(({ channel }) => channel)}::int[],
          ${cuts.map(({ channel }) => speakerOf(channel))}::text[], ${cuts.map(({ fromMs }) => fromMs)}::int[],
          ${cuts.map(({ toMs }) => toMs)}::int[]) line`);
  await query(sql`
    update ai_transcribe_transcript
      set seconds = ${seconds}, waveform = ${Buffer.concat(waveform)}, channels = ${waveform.length}, updated_at = now()
      where ${isNamed(name)}`);
}

/** How loud each channel is, from the beginning to the end. Empty until the hub has listened to it. */
export async function waveformOf({ query }: PluginTables, name: Name): Promise<Buffer[]> {
  const [row] = await query<{ waveform: Buffer | null; channels: number }>(
    sql`select waveform, channels from ai_transcribe_transcript where ${isNamed(name)}`,
  );
  const { waveform, channels = 0 } = row ?? {};
  if (!waveform || channels === 0) return [];
  const steps = waveform.length / channels;
  return Array.from({ length: channels }, (_, channel) => waveform.subarray(channel * steps, (channel + 1) * steps));
}

export type OpenLine = Cut & { readonly number: number };

export async function openLines({ query }: PluginTables, name: Name): Promise<OpenLine[]> {
  return await query<OpenLine>(sql`
    select number, channel, from_ms as "fromMs", to_ms as "toMs" from ai_transcribe_line
      where ${isNamed(name)} and state = 'open' order by number`);
}

export async function setLine(
  { query }: PluginTables,
  name: Name,
  { place, state, text, confidence, language }: Line<OpenLine>,
  engine: string,
): Promise<void> {
  await query(sql`
    update ai_transcribe_line
      set state = ${state}, text = ${text}, confidence = ${confidence ?? null}, language = ${language ?? ''}, engine = ${engine}
      where ${isNamed(name)} and number = ${place.number}`);
}

/** A text without times, line by line. */
export async function setTexts(
  { query }: PluginTables,
  name: Name,
  texts: readonly { readonly speaker: Speaker; readonly text: string }[],
): Promise<void> {
  await query(sql`delete from ai_transcribe_line where ${isNamed(name)}`);
  await query(sql`
    insert into ai_transcribe_line (tenant_id, call_id, recording_id, number, speaker, state, engine, text)
      select ${thisTenant}, ${name.callId}, ${name.recordingId}, line.number, line.speaker, 'clear', '3cx', line.text
        from unnest(${texts.map((_, number) => number)}::int[], ${texts.map(({ speaker }) => speaker)}::text[],
          ${texts.map(({ text }) => text)}::text[]) line (number, speaker, text)`);
}

export async function setWriter(
  { query }: PluginTables,
  name: Name,
  { engine, model, language }: { readonly engine: string; readonly model: string; readonly language: string },
): Promise<void> {
  await query(sql`
    update ai_transcribe_transcript set engine = ${engine}, model = ${model}, language = ${language}, updated_at = now()
      where ${isNamed(name)}`);
}

/** How many lines of a transcript are in which state, and the language of most of them. */
export async function countLines(
  { query }: PluginTables,
  name: Name,
): Promise<
  Readonly<Record<'open' | 'clear' | 'unclear' | 'silent' | 'failed', number>> & { readonly language: string }
> {
  const [counts] = await query<
    Record<'open' | 'clear' | 'unclear' | 'silent' | 'failed', number> & { language: string }
  >(sql`
    select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'clear')::int as clear,
        count(*) filter (where state = 'unclear')::int as unclear, count(*) filter (where state = 'silent')::int as silent,
        count(*) filter (where state = 'failed')::int as failed,
        coalesce(mode() within group (order by nullif(language, '')) filter (where state = 'clear'), '') as language
      from ai_transcribe_line where ${isNamed(name)}`);
  return counts ?? { open: 0, clear: 0, unclear: 0, silent: 0, failed: 0, language: '' };
}
