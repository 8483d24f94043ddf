import type { Audio } from '../audio/audio.ts';
import type { Speech } from '../engines/engine.ts';

/** Where a part lies. */
export interface Place {
  readonly channel: number;
  readonly fromMs: number;
  readonly toMs: number;
}

type Open<P> = { readonly place: P; readonly audio: Float32Array; readonly from: number };

/** Takes parts out of a recording as it goes by, in the order of their ends. Only those that are open at a moment are held. */
export async function* collect<P extends Place>(
  { rate, pieces }: Audio,
  places: readonly P[],
): AsyncGenerator<{ place: P; speech: Speech }> {
  const coming = places.toSorted((one, other) => one.fromMs - other.fromMs);
  let open: Open<P>[] = [];
  let position = 0;
  for await (const piece of pieces) {
    const end = position + (piece[0]?.length ?? 0);
    while (coming[0] !== undefined && sampleAt(coming[0].fromMs, rate) < end)
      open.push(begin(coming.shift() as P, rate));
    for (const part of open) fill(part, piece, position);
    const done = open.filter(({ from, audio }) => from + audio.length <= end);
    open = open.filter((part) => !done.includes(part));
    for (const part of inOrder(done)) yield { place: part.place, speech: { audio: part.audio, rate } };
    position = end;
    if (open.length === 0 && coming.length === 0) return;
  }
  // The last frame of a recording is seldom whole.
  for (const part of inOrder(open))
    yield { place: part.place, speech: { audio: part.audio.subarray(0, Math.max(0, position - part.from)), rate } };
}

function begin<P extends Place>(place: P, rate: number): Open<P> {
  const from = sampleAt(place.fromMs, rate);
  return { place, from, audio: new Float32Array(sampleAt(place.toMs, rate) - from) };
}

function fill({ place, audio, from }: Open<Place>, piece: readonly Float32Array[], position: number): void {
  const channel = piece[place.channel] ?? new Float32Array(0);
  const first = Math.max(0, from - position);
  const last = Math.min(channel.length, from + audio.length - position);
  if (last > first) audio.set(channel.subarray(first, last), position + first - from);
}

function inOrder<P extends Place>(parts: readonly Open<P>[]): Open<P>[] {
  return parts.toSorted((one, other) => one.place.toMs - other.place.toMs);
}

function sampleAt(ms: number, rate: number): number {
  return Math.round((ms * rate) / 1000);
}
