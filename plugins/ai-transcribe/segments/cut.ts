import { FRAME_MS } from './frames.ts';

/** A part of a recording in which one side speaks. */
export interface Cut {
  readonly channel: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** First frame, and the one after the last. */
type Span = { readonly from: number; readonly to: number };

const frames = (ms: number) => Math.round(ms / FRAME_MS);

/** A pause within a word or between two. */
const BREATH = frames(320);
/** What is shorter is a click. */
const CLICK = frames(96);
/** Around speech, so that first and last sounds are whole. */
const EDGE = frames(200);
/** So long somebody may think and go on, if nobody else says anything. */
const THOUGHT = frames(3_000);
/** Between these a segment ends at the first pause; no model is good with longer or much shorter ones (measured). */
const ENOUGH = frames(12_000);
const MOST = frames(30_000);

/** Cuts a recording along its pauses and changes of speaker, in the order of beginnings. */
export function cut(speech: readonly (readonly boolean[])[]): Cut[] {
  const spans = speech.map((channel) => spansOf(channel).flatMap((span) => shortened(span)));
  const cuts = spans.flatMap((own, channel) => {
    const others = spans.filter((_, index) => index !== channel).flat();
    const last = speech[channel]?.length ?? 0;
    return grouped(own, others).map(({ from, to }) => ({
      channel,
      fromMs: Math.max(0, from - EDGE) * FRAME_MS,
      toMs: Math.min(last, to + EDGE) * FRAME_MS,
    }));
  });
  return cuts.toSorted((one, other) => one.fromMs - other.fromMs || one.channel - other.channel);
}

function spansOf(channel: readonly boolean[]): Span[] {
  const spans: Span[] = [];
  for (const [frame, isSpeech] of channel.entries()) {
    if (!isSpeech) continue;
    const last = spans.at(-1);
    if (last !== undefined && frame - last.to <= BREATH) spans[spans.length - 1] = { from: last.from, to: frame + 1 };
    else spans.push({ from: frame, to: frame + 1 });
  }
  return spans.filter(({ from, to }) => to - from >= CLICK);
}

/** Somebody who never pauses is cut into equal parts. */
function shortened({ from, to }: Span): Span[] {
  const room = MOST - 2 * EDGE;
  const parts = Math.ceil((to - from) / room);
  const length = (to - from) / parts;
  return Array.from({ length: parts }, (_, part) => ({
    from: Math.round(from + part * length),
    to: Math.round(from + (part + 1) * length),
  }));
}

function grouped(own: readonly Span[], others: readonly Span[]): Span[] {
  const groups: Span[] = [];
  for (const span of own) {
    const last = groups.at(-1);
    if (last !== undefined && belongs(span, last, others)) groups[groups.length - 1] = { from: last.from, to: span.to };
    else groups.push(span);
  }
  return groups;
}

function belongs(span: Span, group: Span, others: readonly Span[]): boolean {
  const isTooLong = span.to - group.from > MOST - 2 * EDGE || group.to - group.from >= ENOUGH;
  if (isTooLong || span.from - group.to > THOUGHT) return false;
  // An "mhm" in somebody's pause is no change of speaker; what lies wholly in it and lasts is.
  return !others.some(
    ({ from, to }) => to - from >= frames(500) && from < span.from && to > group.to && from >= group.from,
  );
}
