import { Tensor } from 'onnxruntime-node';
import { FRAME } from '../segments/frames.ts';
import { fileOfPackage, openSession } from './session.ts';

/** What the detector remembers of a channel between two blocks. */
export interface HearingState {
  readonly memory: Float32Array;
  readonly context: Float32Array;
}

export interface Silero {
  /** @param audio 16 kHz, whole frames of 512 samples @returns one probability of speech per frame */
  readonly listen: (
    audio: Float32Array,
    state: HearingState,
  ) => Promise<{ probabilities: Float32Array; state: HearingState }>;
}

const CONTEXT = 64;
const MEMORY = [2, 1, 128];

export function silence(): HearingState {
  return { memory: new Float32Array(256), context: new Float32Array(CONTEXT) };
}

/** Silero's detector of speech. */
export async function loadSilero(): Promise<Silero> {
  const session = await openSession(await fileOfPackage('@ricky0123/vad-web', 'dist/silero_vad_v5.onnx'));
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  return {
    async listen(audio, before) {
      const frames = Math.floor(audio.length / FRAME);
      const probabilities = new Float32Array(frames);
      let memory = new Tensor('float32', before.memory, MEMORY);
      let context = before.context;
      for (let frame = 0; frame < frames; frame += 1) {
        const input = new Float32Array(CONTEXT + FRAME);
        input.set(context);
        input.set(audio.subarray(frame * FRAME, (frame + 1) * FRAME), CONTEXT);
        const answer = await session.run({
          input: new Tensor('float32', input, [1, input.length]),
          state: memory,
          sr: rate,
        });
        probabilities[frame] = ((answer['output'] as Tensor).data as Float32Array)[0] ?? 0;
        memory = answer['stateN'] as Tensor as typeof memory;
        context = input.slice(-CONTEXT);
      }
      return { probabilities, state: { memory: Float32Array.from(memory.data), context } };
    },
  };
}
