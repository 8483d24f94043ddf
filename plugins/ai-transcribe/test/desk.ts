import { randomUUID } from 'node:crypto';
import { type AnyPlugin, SwitchboardError, type Transcript } from '@switchboard/core/contract';
import { startTestHub, TEST_TENANT, type TestHub, type TestHubOptions } from '@switchboard/testing/hub';
import { encodeWav } from '../audio/encode-wav.ts';
import { type Engine, SpeechError, type Written } from '../engines/engine.ts';
import { writeTranscript } from '../jobs/write-transcript.ts';
import { plugin } from '../plugin.ts';
import type { Context } from '../services.ts';
import { transcriptsOf } from '../store/read.ts';
import { addTranscript, setCuts, setLine, setState, setWriter } from '../store/transcripts.ts';
import type { Run } from '../work.ts';
import { TELEPHONE } from './speech.ts';

/** The hub with the plugin and without a CRM: tests run its steps by hand. */
export type Desk = TestHub & { readonly context: Context };

export async function startDesk(options: TestHubOptions = { crm: false }): Promise<Desk> {
  let context: Context | undefined;
  const asked = {
    ...plugin,
    check: (given: Context) => {
      context = given;
      return Promise.resolve([]);
    },
  } as unknown as AnyPlugin;
  const hub = await startTestHub({ ...options, plugins: [asked] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'ai-transcribe', {}, 'test');
  await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/ai-transcribe/check`);
  if (context === undefined) throw new Error('the plugin was not called');
  return { ...hub, context };
}

const PART_MS = 1_000;

/** A recording that was listened to: so many parts wait to be written down. The level of each is its number, in hundredths. */
export async function recordingWith(context: Context, parts: number): Promise<Run> {
  const samples = Float32Array.from({ length: parts * TELEPHONE }, (_, at) => (Math.floor(at / TELEPHONE) + 1) / 100);
  const { id: file } = await context.files.put([encodeWav(samples, TELEPHONE)] as unknown as AsyncIterable<Uint8Array>);
  const name = { callId: randomUUID(), recordingId: '1' };
  const cuts = Array.from({ length: parts }, (_, part) => ({
    channel: 0,
    fromMs: part * PART_MS,
    toMs: (part + 1) * PART_MS,
  }));
  const startedAt = '2026-11-22T09:00:00.000Z';
  let run = 0;
  await context.commit({
    keeps: [{ key: `${name.callId}/1`, file }],
    rows: async (tables) => {
      run =
        (await addTranscript(tables, { ...name, file, mimeType: '', startedAt, agentExtension: '101', engine: '' })) ??
        0;
      await setCuts(tables, { ...name, seconds: parts, cuts, speakers: ['agent'], waveform: [] });
      await setState(tables, name, { state: 'working' });
    },
  });
  return { ...name, run };
}

export interface Said {
  readonly speaker: 'agent' | 'caller';
  /** Undefined: nobody could understand it. */
  readonly text: string | undefined;
}

/** A recording of a call that was written down by an engine: a line every three seconds. */
export async function transcribed(
  { commit }: Context,
  {
    callId,
    recordingId = '1',
    startedAt = '2026-11-22T09:00:00.000Z',
  }: { callId: string; recordingId?: string; startedAt?: string },
  said: readonly Said[],
): Promise<void> {
  const name = { callId, recordingId };
  const cuts = said.map(({ speaker }, number) => ({
    channel: speaker === 'agent' ? 1 : 0,
    fromMs: number * 3_000,
    toMs: number * 3_000 + 2_500,
  }));
  const waveform = [0, 1].map((side) =>
    Uint8Array.from({ length: said.length * 10 }, (_, at) => (at * 7 + side * 90) % 256),
  );
  await commit({
    rows: async (tables) => {
      await addTranscript(tables, { ...name, file: null, mimeType: '', startedAt, agentExtension: '101', engine: '' });
      const speakers = ['caller', 'agent'] as const;
      await setCuts(tables, { ...name, seconds: said.length * 3, cuts, speakers, waveform });
      for (const [number, { text }] of said.entries()) {
        const place = { ...cuts[number]!, number };
        const state = text === undefined ? 'unclear' : 'clear';
        await setLine(tables, name, { place, state, text: text ?? '', confidence: -0.1, language: 'en' }, 'embedded');
      }
      await setWriter(tables, name, { engine: 'embedded', model: 'moonshine-tiny', language: 'en' });
      await setState(tables, name, { state: 'ready' });
    },
  });
}

/** @returns the error with which the step ended */
export async function write(
  context: Context,
  run: Run,
  signal = new AbortController().signal,
): Promise<SwitchboardError | undefined> {
  try {
    await writeTranscript.run(context, { ...run, round: 0 } as never, { id: 'test', attempt: 1, signal });
    return undefined;
  } catch (error) {
    if (error instanceof SwitchboardError) return error;
    throw error;
  }
}

export async function stateOf({ tables }: Context, { callId }: Run): Promise<Transcript> {
  const [transcript] = await transcriptsOf(tables, callId);
  if (transcript === undefined) throw new Error('There is no such transcript');
  return transcript;
}

export function withEngines(
  context: Context,
  engines: readonly Engine[],
  config: Partial<Context['config']> = {},
): Context {
  return { ...context, config: { ...context.config, ...config }, services: { ...context.services, engines } };
}

export function later(context: Context, days: number): Context {
  return { ...context, clock: { now: () => context.clock.now() + days * 86_400_000 } };
}

const words = ['Alpha.', 'Bravo.', 'Charlie.', 'Delta.', 'Echo.', 'Foxtrot.'];

/** An engine that does what a test says, by the number of the part. */
export function scripted(
  answer: (part: number) => Partial<Written> | Error,
  more: Partial<Engine> = {},
): Engine & { readonly parts: number[] } {
  const parts: number[] = [];
  return {
    name: 'embedded',
    model: 'scripted',
    pricePerMinute: 0,
    parallel: 1,
    ...more,
    parts,
    write({ audio }) {
      const part = Math.round((audio[audio.length / 2] ?? 0) * 100);
      parts.push(part);
      const written = answer(part);
      if (written instanceof Error) return Promise.reject(written);
      return Promise.resolve({
        text: words[part - 1] ?? '',
        confidence: -0.1,
        isUnclear: false,
        language: 'en',
        ...written,
      });
    },
  };
}

export const hangs = new SpeechError('The thread took too long');
