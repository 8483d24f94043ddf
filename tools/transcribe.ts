import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createThreads, type Threads } from '../plugins/ai-transcribe/embedded/threads.ts';
import { createEmbedded } from '../plugins/ai-transcribe/engines/embedded.ts';
import { type FileTranscript, transcribeFile } from '../plugins/ai-transcribe/pipeline/transcribe-file.ts';
import { leftSides } from '../plugins/ai-transcribe/segments/speakers.ts';

const usage = `npm run transcribe -- FILE [FILE ...] [--json]
Writes down what is said in recordings, on this machine and in English, as the hub does: WAV, MP3, and with ffmpeg others.
  --json           one line of JSON per file
  --left SIDE      who is on the left of two channels: caller (default) or agent
  --country CODE   whose identity numbers are left out, beside card numbers; may be repeated (default NL)
  --threads N      how many threads (default 2, where there are so many cores)`;

type Wanted = {
  readonly json: boolean;
  readonly left: (typeof leftSides)[number];
  readonly countries: readonly string[];
};

type Timed = FileTranscript & { readonly file: string; readonly wallSeconds: number; readonly realTimeFactor: number };

async function transcribeOne(file: string, threads: Threads, { left, countries }: Wanted): Promise<Timed> {
  const began = performance.now();
  const transcript = await transcribeFile(() => createReadStream(file), {
    threads,
    engine: createEmbedded(threads),
    countries,
    left,
    signal: AbortSignal.timeout(24 * 3_600_000),
  });
  const wallSeconds = (performance.now() - began) / 1000;
  return { file, ...transcript, wallSeconds, realTimeFactor: transcript.seconds / wallSeconds };
}

function describe({ file, seconds, segments, wallSeconds, realTimeFactor }: Timed): string {
  const lines = segments.map(({ start, speaker, state, text, confidence }) => {
    const sure = confidence === null ? '' : ` (${confidence.toFixed(2)})`;
    return `${clock(start)}  ${speaker.padEnd(7)}  ${state === 'clear' ? text : `[${state}]`}${sure}`;
  });
  const nothing = segments.length === 0 ? ['Nobody speaks.'] : [];
  const took = `${clock(seconds)} of sound in ${wallSeconds.toFixed(1)} s: ${realTimeFactor.toFixed(1)} times as fast as it was said.`;
  return [file, ...lines, ...nothing, took].join('\n');
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      left: { type: 'string', default: 'caller' },
      country: { type: 'string', multiple: true, default: ['NL'] },
      threads: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const left = leftSides.find((side) => side === values.left);
  if (values.help || positionals.length === 0 || left === undefined) {
    console.error(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const threads = createThreads(
    values.threads === undefined ? {} : { threads: Math.max(1, Number(values.threads) || 1) },
  );
  try {
    for (const file of positionals) await print(file, threads, { json: values.json, left, countries: values.country });
  } finally {
    await threads.close();
  }
}

async function print(file: string, threads: Threads, wanted: Wanted): Promise<void> {
  try {
    const timed = await transcribeOne(file, threads, wanted);
    process.stdout.write(`${wanted.json ? JSON.stringify(timed) : describe(timed)}\n`);
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy?: string };
    console.error(`${file}: ${message}${remedy === undefined ? '' : `. ${remedy}`}`);
    process.exitCode = 1;
  }
}

await main();
