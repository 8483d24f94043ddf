import type { CrmWrite, KeyValueStore, StoreChange } from '@switchboard/core/contract';
import { clockTime } from '../clock-time.ts';
import type { Call } from './call.ts';
import { secondsBetween } from './legs.ts';
import { digest, KEPT_MS } from './line.ts';

/**
 * A missed call is done when somebody talks to its caller: called back, or reached us again. Missed calls and talks of a number stand in the store
 * by time, so it makes no difference which of the two becomes known first, or through which channel.
 */

/** A missed call as the store keeps it; a talk is kept as a key alone. */
type Missed = { readonly record: string; readonly endedAt: string; readonly followedUpAt?: string };

type Mark = {
  readonly kind: 'missed' | 'talk';
  readonly key: string;
  readonly at: string;
  readonly value: Missed | object;
};

/** A call whose mark may be new, other than before, or gone. */
export type MarkChange = { readonly mark: Mark | undefined; readonly before: string | undefined };

/** What a call is for its number: something to be done, the doing of it, or neither. */
export function markOf(line: string, record: string, call: Call): Mark | undefined {
  if (call.party.kind !== 'public') return undefined;
  const key = (kind: Mark['kind'], at: string) => `${kind}/${line}/${at}/${digest(record)}`;
  const { outcome, startedAt, answeredAt, endedAt } = call;
  if (outcome === 'ANSWERED' && answeredAt !== undefined) {
    return { kind: 'talk', key: key('talk', answeredAt), at: answeredAt, value: {} };
  }
  if (outcome !== 'MISSED' || endedAt === undefined) return undefined;
  return { kind: 'missed', key: key('missed', startedAt), at: startedAt, value: { record, endedAt } satisfies Missed };
}

/** A talk that is known already is no change. @param before where the store keeps what the call was until now */
export function changeOfMark(mark: Mark | undefined, before: string | undefined): MarkChange[] {
  const isKnown = mark?.kind === 'talk' && mark.key === before;
  return isKnown || (mark === undefined && before === undefined) ? [] : [{ mark, before }];
}

/** Brings the marks of a line up to date, and the records of all missed calls that this concerns. */
export async function followUp(
  store: KeyValueStore,
  line: string,
  changes: readonly MarkChange[],
  windowMs: number,
): Promise<{ writes: CrmWrite[]; store: StoreChange[] }> {
  const moments = changes.flatMap(({ mark, before }) => [mark?.at, before && momentIn(before)]).filter(isText);
  if (moments.length === 0) return { writes: [], store: [] };
  const from = Math.min(...moments.map(Date.parse)) - windowMs;
  const to = Math.max(...moments.map(Date.parse)) + windowMs;
  const [missed, talks] = await Promise.all([
    load(store, 'missed', line, from, to),
    load(store, 'talk', line, from, to),
  ]);
  const changed = new Map<string, StoreChange>();
  for (const { mark, before } of changes) {
    if (before !== undefined && before !== mark?.key) remove(before);
    if (mark !== undefined) keep(mark);
  }
  const writes = [...missed].flatMap(([key, value]) => settle(key, value as Missed));
  return { writes, store: [...changed.values()] };

  function remove(key: string): void {
    missed.delete(key);
    talks.delete(key);
    changed.set(key, { key, value: undefined });
  }

  function keep({ kind, key, at, value }: Mark): void {
    const known = kind === 'missed' ? missed : talks;
    const merged = { ...(known.get(key) as object | undefined), ...value };
    known.set(key, merged);
    changed.set(key, { key, value: merged, expiresAt: expiry(at, windowMs) });
  }

  function settle(key: string, value: Missed): CrmWrite[] {
    const startedAt = momentIn(key);
    const talk = [...talks.keys()]
      .map(momentIn)
      .toSorted()
      .find((at) => at > startedAt);
    const isInTime = talk !== undefined && Date.parse(talk) - Date.parse(value.endedAt) <= windowMs;
    const followedUpAt = isInTime ? talk : undefined;
    if (followedUpAt === value.followedUpAt) return [];
    const { record, endedAt } = value;
    const next: Missed = { record, endedAt, ...(followedUpAt === undefined ? {} : { followedUpAt }) };
    changed.set(key, { key, value: next, expiresAt: expiry(startedAt, windowMs) });
    const followUpSeconds = followedUpAt === undefined ? null : secondsBetween(endedAt, followedUpAt);
    const followedUpAfter = followUpSeconds === null ? '' : clockTime(followUpSeconds);
    const fields = { followedUpAt: followedUpAt ?? null, followUpSeconds, followedUpAfter };
    return [{ object: 'phoneCall', key: record, fields }];
  }
}

async function load(
  store: KeyValueStore,
  kind: Mark['kind'],
  line: string,
  from: number,
  to: number,
): Promise<Map<string, unknown>> {
  const at = (ms: number) => `${kind}/${line}/${new Date(ms).toISOString()}`;
  const entries = await store.range(at(from), at(to + 1), 1000);
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** The third part of `missed/+31201234567/2026-11-21T10:00:00.000Z/…`. */
function momentIn(key: string): string {
  return key.split('/')[2] ?? '';
}

function expiry(at: string, windowMs: number): Date {
  return new Date(Date.parse(at) + windowMs + KEPT_MS);
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
