import { partyKey } from './party.ts';
import type { ReportedCall } from './schema.ts';

/**
 * 3CX gives calls no id and reports one call several times: for every agent of a queue, again after a retry, again when
 * the transcript is ready. Posts of one agent with one other side, one outcome and starts within a minute are one call.
 */

const WINDOW_MS = 60_000;
/** Longer than any post of the same call is late. */
const KEPT_MS = 7 * 86_400_000;

/** What the store remembers of a call that has a record. */
export type JournaledCall = {
  /** The record's `externalKey`. */
  readonly externalKey: string;
  readonly seconds: number;
  readonly endedAt: string;
  /** The details that the record has already. */
  readonly filled: readonly string[];
};

const line = ({ agent, party, direction, outcome }: ReportedCall): string =>
  ['call', agent.extension, partyKey(party), `${direction}-${outcome}`].map(encodeURIComponent).join('/');

/** Where the store keeps a call. Its agents, numbers and outcomes never mix: the parts are encoded. */
export function storeKey(call: ReportedCall): string {
  return `${line(call)}/${call.startedAt.toISOString()}`;
}

/** The keys under which another post of the same call may have been kept, as a half-open range. */
export function storeWindow(call: ReportedCall): { from: string; to: string } {
  const at = (ms: number) => `${line(call)}/${new Date(call.startedAt.getTime() + ms).toISOString()}`;
  return { from: at(-WINDOW_MS), to: at(WINDOW_MS + 1) };
}

export function externalKey(call: ReportedCall): string {
  return `3cx:${storeKey(call)}`;
}

export function expiry(call: ReportedCall, receivedAt: Date): Date {
  return new Date(Math.max(call.startedAt.getTime(), receivedAt.getTime()) + KEPT_MS);
}

/** Of the calls in the window the one that started nearest. */
export function nearest<Entry extends { readonly key: string }>(
  call: ReportedCall,
  entries: readonly Entry[],
): Entry | undefined {
  const distance = ({ key }: Entry) =>
    Math.abs(Date.parse(key.slice(key.lastIndexOf('/') + 1)) - call.startedAt.getTime());
  return entries.toSorted((one, other) => distance(one) - distance(other))[0];
}

/**
 * What a further post adds: details that were missing, and a longer talk. Whom the call was with stays as it is, because somebody may
 * have settled that in the meantime.
 *
 * @param details the record fields that the post can fill, by name
 */
export function complete(
  known: JournaledCall,
  call: ReportedCall,
  details: Readonly<Record<string, unknown>>,
): { journaled: JournaledCall; fields: Record<string, unknown> } {
  const added = Object.entries(details).filter(([name]) => !known.filled.includes(name));
  const longer = call.seconds > known.seconds;
  const later = call.endedAt.getTime() > Date.parse(known.endedAt);
  const endedAt = later ? call.endedAt.toISOString() : known.endedAt;
  return {
    journaled: {
      ...known,
      seconds: Math.max(known.seconds, call.seconds),
      endedAt,
      filled: [...known.filled, ...added.map(([name]) => name)],
    },
    fields: {
      ...Object.fromEntries(added),
      ...(longer ? { durationSeconds: call.seconds } : {}),
      ...(later ? { endedAt } : {}),
    },
  };
}
