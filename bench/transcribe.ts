import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createThreads } from '../plugins/ai-transcribe/embedded/threads.ts';
import { createEmbedded } from '../plugins/ai-transcribe/engines/embedded.ts';
import { type FileTranscript, transcribeFile } from '../plugins/ai-transcribe/pipeline/transcribe-file.ts';
import { type SpokenCall, speakCall } from './transcribe/call.ts';
import { askPocketsphinx } from './transcribe/pocketsphinx.ts';
import { countWordErrors, type WordErrors } from './transcribe/word-errors.ts';

/**
 * A stereo call with known words is written down by the embedded engine, with one thread and with two. Needs flite (apt-get install flite), and
 * compares with pocketsphinx where that is installed.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-transcribe-'));
  try {
    const call = await speakCall(folder);
    const file = join(folder, 'call.wav');
    await writeFile(file, call.wav);
    console.log(`A call of ${Math.round(call.seconds)} s`);
    const one = await measure(file, 1);
    const two = await measure(file, 2);
    return {
      wordErrorRate: rateOf(errorsOf(call, two.transcript)),
      realTimeFactor1: call.seconds / one.wallSeconds,
      realTimeFactor2: call.seconds / two.wallSeconds,
      peakMemoryMb: process.resourceUsage().maxRSS / 1024,
      ...(await compare(call, folder)),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(file: string, count: number): Promise<{ transcript: FileTranscript; wallSeconds: number }> {
  // As fast as the machine can, for figures that can be compared; in the hub everything else goes first.
  const threads = createThreads({ threads: count, niceness: 0 });
  const transcribe = async () =>
    await transcribeFile(() => createReadStream(file), {
      threads,
      engine: createEmbedded(threads),
      countries: [],
      left: 'caller',
      signal: AbortSignal.timeout(3_600_000),
    });
  try {
    // Loads the models in every thread.
    await transcribe();
    const began = performance.now();
    const transcript = await transcribe();
    return { transcript, wallSeconds: (performance.now() - began) / 1000 };
  } finally {
    await threads.close();
  }
}

function errorsOf({ texts }: SpokenCall, { segments }: FileTranscript): WordErrors[] {
  const sides = ['caller', 'agent'] as const;
  return sides.map((side, index) => {
    const written = segments.flatMap(({ speaker, text }) => (speaker === side ? [text] : [])).join(' ');
    return countWordErrors(texts[index] ?? '', written);
  });
}

function rateOf(errors: readonly WordErrors[]): number {
  const sum = (pick: (one: WordErrors) => number) => errors.reduce((total, one) => total + pick(one), 0);
  return sum((one) => one.errors) / sum((one) => one.words);
}

async function compare({ sides, texts }: SpokenCall, folder: string): Promise<Record<string, number>> {
  const errors: WordErrors[] = [];
  for (const [index, wav] of sides.entries()) {
    const file = join(folder, `side-${index}.wav`);
    await writeFile(file, wav);
    const written = askPocketsphinx(file);
    if (written === undefined) return {};
    errors.push(countWordErrors(texts[index] ?? '', written));
  }
  return { pocketsphinxWordErrorRate: rateOf(errors) };
}
