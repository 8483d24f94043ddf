import { callPost } from '../../e2e/calls.ts';
import type { Caller, Whom } from './callers.ts';
import type { Random } from './random.ts';

/** What must stand in Twenty about one call once everything is quiet. */
export type ExpectedCall = Whom & {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly direction: string;
  readonly outcome: string;
  readonly phoneNumber: string;
  readonly agentExtension: string;
  readonly transcript: string;
  readonly summary: string;
};

type Post = Readonly<Record<string, string>>;

/** A call, how 3CX reports it, and what must come of it. */
export type PlannedCall = {
  readonly first: Post;
  /** The same post so many times at once. */
  readonly copies: number;
  /** A post that comes later and brings the text; it reports the call a little longer and with another start. */
  readonly late: Post | undefined;
  /** The first post once more at the very end. */
  readonly again: boolean;
  readonly pauseMs: number;
  readonly expected: ExpectedCall;
};

/** Calls start this far apart, so that the minute within which posts are one call never joins two of them. */
export const SPACING_MS = 600_000;

const KINDS = [
  { type: 'Inbound', direction: 'INBOUND', outcome: 'ANSWERED' },
  { type: 'Outbound', direction: 'OUTBOUND', outcome: 'ANSWERED' },
  { type: 'Missed', direction: 'INBOUND', outcome: 'MISSED' },
] as const;

export function planCall(index: number, callers: readonly Caller[], random: Random): PlannedCall {
  const base = callPost(index);
  const caller = random.pick(callers);
  const { type, direction, outcome } = random.pick(KINDS);
  const seconds = outcome === 'MISSED' ? 0 : random.between(1, 3000);
  const start = Date.parse(base['startUtc'] ?? '');
  const end = start + seconds * 1000;
  const first: Post = {
    ...base,
    callType: type,
    direction: direction === 'OUTBOUND' ? 'Outbound' : 'Inbound',
    number: caller.posted,
    seconds: String(seconds),
    endUtc: utc(end),
  };
  const late = random.next() < 0.3 ? lateOf(first, seconds, random) : undefined;
  return {
    first,
    copies: random.next() < 0.15 ? 2 : 1,
    late,
    again: random.next() < 0.15,
    pauseMs: random.between(0, 3000),
    expected: {
      startedAt: new Date(start).toISOString(),
      endedAt: new Date(Math.max(end, Date.parse(late?.['endUtc'] ?? utc(end)))).toISOString(),
      durationSeconds: Number(late?.['seconds'] ?? seconds),
      direction,
      outcome,
      phoneNumber: caller.e164,
      agentExtension: base['agent'] ?? '',
      transcript: late?.['transcription'] ?? '',
      summary: late?.['summary'] ?? '',
      ...caller.whom,
    },
  };
}

function lateOf(first: Post, seconds: number, random: Random): Post {
  const start = Date.parse(first['startUtc'] ?? '') + random.between(0, 20) * 1000;
  const talked = seconds === 0 ? 0 : seconds + random.between(0, 30);
  return {
    ...first,
    startUtc: utc(start),
    endUtc: utc(start + talked * 1000),
    seconds: String(talked),
    transcription: `Agent: good morning.\nCaller: this is about order ${random.between(1, 99_999)}.`,
    summary: `Order ${random.between(1, 99_999)} is late.`,
  };
}

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
