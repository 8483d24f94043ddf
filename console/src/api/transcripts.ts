import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, ask, Problem } from './client.ts';

/** What was said in calls: doors of the plugins ai-transcribe and threecx, whose shapes these are. */

export type TranscriptState = 'waiting' | 'working' | 'ready' | 'silent' | 'refused' | 'failed' | 'deleted';
export type Speaker = 'agent' | 'caller' | 'unknown';

export interface SaidLine {
  readonly number: number;
  readonly speaker: Speaker;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly state: 'open' | 'clear' | 'unclear' | 'failed';
  readonly text: string;
  readonly confidence: number | null;
  readonly version: number;
  readonly correction: { readonly original: string; readonly by: string; readonly at: string } | null;
}

export interface Transcript {
  readonly callId: string;
  readonly recordingId: string;
  readonly state: TranscriptState;
  readonly reason: string;
  readonly detail: string;
  readonly engine: string;
  readonly language: string;
  readonly seconds: number;
  readonly startedAt: string;
  readonly agentExtension: string;
  readonly lines: readonly SaidLine[];
}

/** What a language model proposes of a recording. */
export interface Suggestion {
  readonly recordingId: string;
  readonly state: 'ready' | 'waiting' | 'failed';
  readonly reason: string;
  readonly model: string;
  /** Null unless ready. */
  readonly content: {
    readonly summary: string;
    readonly actionPoints: readonly string[];
    readonly sentiment: 'positive' | 'neutral' | 'negative';
    readonly subject: string;
    readonly category: string;
    readonly malfunction: string;
  } | null;
  readonly decision: 'accepted' | 'rejected' | null;
  readonly decidedBy: string;
  readonly decidedAt: string | null;
}

export interface Transcripts {
  readonly transcripts: readonly Transcript[];
  readonly suggestions: readonly Suggestion[];
  readonly mayCorrect: boolean;
  readonly mayExport: boolean;
  readonly mayMakeAgain: boolean;
}

/** What the member may do with texts. */
export type Rights = Omit<Transcripts, 'transcripts' | 'suggestions'>;

export interface Recording {
  readonly id: number;
  readonly startedAt: string;
  readonly seconds: number;
  readonly extension: string;
  readonly audio: 'held' | 'linked' | 'gone';
  readonly consent: { readonly forbidden?: boolean };
}

const door = (plugin: string, path: string) => `/tenants/{tenant}/plugins/${plugin}/member${path}` as const;
const said = (path: string) => door('ai-transcribe', path);

export const transcriptsKey = (tenant: string, callId: string) => ['transcripts', tenant, callId] as const;

export const transcriptsQuery = (tenant: string, callId: string) =>
  queryOptions({
    queryKey: transcriptsKey(tenant, callId),
    queryFn: ({ signal }) =>
      ask<Transcripts>('GET', said('/transcripts'), { params: { tenant }, query: { callId }, signal }),
  });

export const recordingsQuery = (tenant: string, callId: string) =>
  queryOptions({
    queryKey: ['recordings', tenant, callId],
    queryFn: async ({ signal }) =>
      (
        await ask<{ recordings: readonly Recording[] }>('GET', door('threecx', '/recordings'), {
          params: { tenant },
          query: { callId },
          signal,
        })
      ).recordings,
  });

export interface Waveform {
  readonly seconds: number;
  /** Of each channel how loud it is, from 0 to 255, in steps of equal length. */
  readonly channels: readonly (readonly number[])[];
}

export const waveformQuery = (tenant: string, callId: string, recordingId: string) =>
  queryOptions({
    queryKey: ['waveform', tenant, callId, recordingId],
    queryFn: ({ signal }) =>
      ask<Waveform>('GET', said('/transcripts/waveform'), {
        params: { tenant },
        query: { callId, recordingId },
        signal,
      }),
    staleTime: Infinity,
  });

export const audioAddress = (tenant: string, callId: string, recordingId: string) =>
  address(door('threecx', '/recordings/audio'), { tenant }, { callId, id: recordingId });

const AGAIN_MS = 2_000;
const ACCEPTED = 202;

/**
 * Until the hub has the sound: what stayed in the telephone system is fetched from there first.
 *
 * @throws Problem
 */
export async function untilAudioIsHere(source: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(source, { headers: { range: 'bytes=0-0' }, credentials: 'same-origin', signal });
    if (response.status !== ACCEPTED) {
      if (response.ok) return await response.body?.cancel();
      const answer = (await response.json().catch(() => undefined)) as
        | { error?: { code: string; message: string } }
        | undefined;
      throw new Problem(response.status, answer?.error ?? { code: 'unknown', message: response.statusText });
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    signal.throwIfAborted();
  }
}

export interface Correction {
  readonly callId: string;
  readonly recordingId: string;
  readonly number: number;
  readonly version: number;
  readonly text: string;
}

export const correctLine = (tenant: string, correction: Correction) =>
  ask<{ text: string }>('POST', said('/transcripts/lines'), { params: { tenant }, body: correction });

export interface ChangedLine {
  readonly text: string;
  readonly version: number;
  readonly by: string;
}

/** The line as somebody else has left it, when a correction was too late. */
export function changedMeanwhile(error: unknown): ChangedLine | undefined {
  if (!(error instanceof Problem) || error.status !== 409) return undefined;
  return (error.answer as { line?: ChangedLine } | undefined)?.line;
}

export const makeAgain = (tenant: string, callId: string, recordingId: string) =>
  ask('POST', said('/transcripts/again'), { params: { tenant }, body: { callId, recordingId } });

interface SuggestionDecision {
  readonly callId: string;
  readonly recordingId: string;
  readonly decision: 'accepted' | 'rejected';
}

export const decideSuggestion = (tenant: string, decision: SuggestionDecision) =>
  ask('POST', said('/transcripts/suggestion'), { params: { tenant }, body: decision });

export const exportAddress = (tenant: string, { callId, recordingId }: Transcript, format: 'txt' | 'vtt' | 'json') =>
  address(said('/transcripts/file'), { tenant }, { callId, recordingId, format });

export interface FoundTranscript {
  readonly callId: string;
  readonly recordingId: string;
  readonly startedAt: string;
  readonly agentExtension: string;
  readonly call: {
    readonly direction: string | null;
    readonly phoneNumber: string | null;
    readonly person: { readonly id: string; readonly name: string } | null;
  };
  readonly hits: readonly Pick<SaidLine, 'number' | 'speaker' | 'fromMs' | 'text'>[];
  readonly total: number;
}

interface FoundPage {
  readonly found: readonly FoundTranscript[];
  readonly words: readonly string[];
  readonly next: string | null;
}

export const saidQuery = (tenant: string, words: string) =>
  infiniteQueryOptions({
    queryKey: ['said', tenant, words],
    queryFn: ({ pageParam, signal }) =>
      ask<FoundPage>('GET', said('/transcripts/search'), {
        params: { tenant },
        query: { q: words, after: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: words !== '',
  });

/** How much there is of what a person said, and how far its deletion is. */
export interface PersonSaid {
  readonly calls: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
  readonly transcripts: number;
  readonly lines: number;
  readonly erasure: {
    readonly wantedBy: string;
    readonly wantedAt: string;
    readonly calls: number;
    readonly done: number;
    readonly isDone: boolean;
  } | null;
}

const UNDER_WAY_MS = 3_000;

export const personSaidQuery = (tenant: string, personId: string) =>
  queryOptions({
    queryKey: ['person-said', tenant, personId],
    queryFn: ({ signal }) =>
      ask<PersonSaid>('GET', said('/people/said'), { params: { tenant }, query: { personId }, signal }),
    refetchInterval: ({ state }) => (state.data?.erasure?.isDone === false ? UNDER_WAY_MS : false),
  });

export const eraseSaid = (tenant: string, personId: string, calls: number) =>
  ask('POST', said('/people/erase'), { params: { tenant }, body: { personId, calls } });
