import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AudioError } from './audio.ts';

/** So long it may take to turn a second of sound into samples; longer is a file that harms it. */
const STALLED_MS = 60_000;

/**
 * The file as WAV at 16 kHz, by the ffmpeg of the machine.
 *
 * @throws AudioError while it is read: where there is no ffmpeg, or the file is none that it knows
 */
export async function* convert(source: AsyncIterable<Uint8Array>, program = 'ffmpeg'): AsyncGenerator<Buffer> {
  const child = spawn(
    program,
    ['-nostdin', '-v', 'error', '-i', 'pipe:0', '-vn', '-ar', '16000', '-c:a', 'pcm_s16le', '-f', 'wav', 'pipe:1'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const ended = once(child, 'exit').catch((error: unknown) => error as Error);
  // It stops reading when it has seen enough; that is told by its exit.
  const fed = pipeline(Readable.from(source), child.stdin).catch(() => undefined);
  let stall = setTimeout(() => child.kill('SIGKILL'), STALLED_MS);
  let bytes = 0;
  try {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      bytes += piece.length;
      clearTimeout(stall);
      yield piece;
      stall = setTimeout(() => child.kill('SIGKILL'), STALLED_MS);
    }
    const end = await ended;
    if (end instanceof Error) throw unknownFormat('is installed on this machine', end);
    if (bytes === 0) throw unknownFormat('can read it', undefined);
  } finally {
    clearTimeout(stall);
    child.kill('SIGKILL');
    await fed;
  }
}

function unknownFormat(what: string, cause: unknown): AudioError {
  return new AudioError(
    'unknown-format',
    `The recording is neither WAV nor MP3, and no ffmpeg ${what}`,
    'Have the telephone system record WAV or MP3, or install ffmpeg (apt-get install ffmpeg) where the workers run.',
    cause,
  );
}
