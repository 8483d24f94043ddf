import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { workerData } from 'piscina';

import { resample } from '../audio/resample.ts';
import { frameLoudness } from '../segments/loudness.ts';
import { type Heard, loadMoonshine } from './moonshine.ts';
import { type HearingState, loadSilero, silence } from './silero.ts';

const RATE = 16_000;

export interface ListenTask {
  readonly kind: 'listen';
  readonly audio: Float32Array;
  readonly rate: number;
  /** What the block before left; undefined at the beginning. */
  readonly state: HearingState | undefined;
}

export interface WriteTask {
  readonly kind: 'write';
  readonly audio: Float32Array;
  readonly rate: number;
}

export interface WorkerSettings {
  /** As of `nice`: 0 shares equally, 19 takes what nobody wants. */
  readonly niceness: number;
}

export type Task = ListenTask | WriteTask;

/** Both by frames of 32 ms. */
export interface ListenedBlock {
  readonly probabilities: Float32Array;
  /** Decibels below full scale. */
  readonly loudness: Float32Array;
  readonly state: HearingState;
}

behindOthers((workerData as WorkerSettings).niceness);
const loaded = createLoaded();

/** Runs in a thread of `createThreads`. Piscina asks for a default export. */
// oxlint-disable-next-line import/no-default-export
export default async function work(task: Task): Promise<ListenedBlock | Heard> {
  const audio = resample(task.audio, task.rate, RATE);
  if (task.kind === 'write') return await (await loaded.moonshine()).write(audio);
  const heard = await (await loaded.silero()).listen(audio, task.state ?? silence());
  return { ...heard, loudness: frameLoudness(audio) };
}

/** Each graph once per thread, when it is first wanted. */
function createLoaded() {
  let moonshine: ReturnType<typeof loadMoonshine> | undefined;
  let silero: ReturnType<typeof loadSilero> | undefined;
  return {
    moonshine: () => (moonshine ??= loadMoonshine()),
    silero: () => (silero ??= loadSilero()),
  };
}

/** Of the threads of a process this one comes last: a call that rings goes first. Linux has priorities of threads; others do without. */
function behindOthers(niceness: number): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), niceness);
  } catch {
    // Then it shares.
  }
}
