import { bounded } from './bounded.ts';
import type { Account, LiveLeg, Logged, Reported, Segment, Watched } from './account.ts';

/**
 * Two accounts of one channel with the same id become one. The order in which they came makes no difference, nor does coming twice:
 * every rule here takes an extreme of both.
 */
export function join(one: Account, other: Account): Account {
  if (one.channel === 'template' && other.channel === 'template') return joinReported(one, other);
  if (one.channel === 'live' && other.channel === 'live') return joinWatched(one, other);
  if (one.channel === 'ledger' && other.channel === 'ledger') return joinLogged(one, other);
  throw new TypeError(`Accounts of ${one.channel} and ${other.channel} have the same id`);
}

function joinReported(one: Reported, other: Reported): Reported {
  return {
    ...one,
    callerId: later(one.callerId, other.callerId),
    endedAt: later(one.endedAt, other.endedAt),
    seconds: Math.max(one.seconds, other.seconds),
    queue: later(one.queue, other.queue),
    entityId: later(one.entityId, other.entityId),
    recordingUrl: later(one.recordingUrl, other.recordingUrl),
    agent: {
      extension: one.agent.extension,
      name: later(one.agent.name, other.agent.name),
      email: later(one.agent.email, other.agent.email),
    },
    ...greatest('sentiment', one, other),
  };
}

function joinWatched(one: Watched, other: Watched): Watched {
  const legs = new Map<string, LiveLeg>();
  for (const leg of [...one.legs, ...other.legs]) {
    const key = `${leg.dn}/${leg.participantId}`;
    const known = legs.get(key);
    legs.set(key, known === undefined ? leg : joinLegs(known, leg));
  }
  // A party that is known beats one that is not: a leg may show the colleague before it shows the caller.
  const [first, second] = [one, other].toSorted((a, b) => partyRank(a) - partyRank(b) || compare(a, b));
  return {
    ...(first ?? one),
    // An agent's own device may ring before it calls out.
    direction: [one, other].some(({ direction }) => direction === 'OUTBOUND') ? 'OUTBOUND' : (first ?? one).direction,
    did: later(first?.did ?? '', second?.did ?? ''),
    legs: bounded([...legs.values()].toSorted(byTime), ({ answeredAt }) => answeredAt !== undefined),
  };
}

function joinLegs(one: LiveLeg, other: LiveLeg): LiveLeg {
  const [first] = [one, other].toSorted((a, b) => compareText(a.since, b.since) || compare(a, b));
  return {
    ...(first ?? one),
    name: later(one.name, other.name),
    type: later(one.type, other.type),
    via: later(one.via, other.via),
    began: [one, other].some(({ began }) => began === 'Dialing') ? 'Dialing' : (first ?? one).began,
    ...earliest('answeredAt', one, other),
    ...earliest('takenOverAt', one, other),
    ...earliest('endedAt', one, other),
  };
}

function joinLogged(one: Logged, other: Logged): Logged {
  const segments = new Map<string, Segment>();
  for (const segment of [...one.segments, ...other.segments]) {
    const known = segments.get(segment.id);
    if (known === undefined || compareReadings(segment, known) > 0) segments.set(segment.id, segment);
  }
  const sorted = bounded([...segments.values()].toSorted(bySequence), ({ answered }) => answered);
  const [first] = [one, other].toSorted((a, b) => compareText(a.startedAt, b.startedAt) || compare(a, b));
  return {
    ...(first ?? one),
    did: later(one.did, other.did),
    segments: sorted,
    ...greatest('sentiment', one, other),
  };
}

/** The order in which a call went on. */
export function bySequence(one: Segment, other: Segment): number {
  return (
    compareText(one.startedAt, other.startedAt) ||
    one.indent - other.indent ||
    one.sequence - other.sequence ||
    compareText(one.id, other.id)
  );
}

function byTime(one: LiveLeg, other: LiveLeg): number {
  return (
    compareText(one.since, other.since) || compareText(one.dn, other.dn) || one.participantId - other.participantId
  );
}

function compareReadings(one: Segment, other: Segment): number {
  return compareText(one.readAt, other.readAt) || compare(one, other);
}

const ranks = ['public', 'withheld', 'unreadable', 'internal'];

function partyRank({ party }: Watched): number {
  return ranks.indexOf(party.kind);
}

function greatest<K extends 'sentiment'>(
  key: K,
  one: { [k in K]?: number | undefined },
  other: { [k in K]?: number | undefined },
) {
  const values = [one[key], other[key]].filter((value) => value !== undefined);
  return values.length === 0 ? {} : { [key]: Math.max(...values) };
}

function earliest<K extends 'answeredAt' | 'takenOverAt' | 'endedAt'>(key: K, one: LiveLeg, other: LiveLeg) {
  const [value] = [one[key], other[key]].filter((moment) => moment !== undefined).toSorted();
  return value === undefined ? {} : { [key]: value };
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function compare(one: unknown, other: unknown): number {
  return compareText(JSON.stringify(one), JSON.stringify(other));
}

export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
