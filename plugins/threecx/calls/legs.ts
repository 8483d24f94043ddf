import type { Account, LiveLeg, Logged, Reported, Segment, SegmentEnd, Watched } from './account.ts';
import { compareText } from './join.ts';

/** A station of a call: who or what it came to. All channels tell of legs, each in its own way. */
export type Leg = {
  /** `agent`: an extension. `outside`: a public number that the PBX called. `menu`: an announcement or anything else that is no person. */
  readonly kind: 'agent' | 'outside' | 'queue' | 'group' | 'voicemail' | 'menu';
  readonly number: string;
  readonly name: string;
  /** True for the side that made the call. */
  readonly made: boolean;
  readonly startedAt: string;
  /** Undefined while it rings and when nobody answered. */
  readonly answeredAt: string | undefined;
  /** Undefined while it lasts. */
  readonly endedAt: string | undefined;
  readonly talkSeconds: number;
  /** The queue or group on whose behalf it rang. */
  readonly via: string;
};

/** Legs that a person can answer. */
export function isPerson({ kind }: Leg): boolean {
  return kind === 'agent' || kind === 'outside';
}

export function legsOf(account: Account): Leg[] {
  if (account.channel === 'template') return reportedLegs(account);
  return account.channel === 'live' ? watchedLegs(account) : loggedLegs(account);
}

/** The channels, the most trusted first. */
const channels = ['ledger', 'live', 'template'] as const;

/**
 * The legs of one call from all its accounts, in the order of time. Of each number the most trusted channel that knows it tells; an agent whom
 * the call log leaves out, because 3CX hides the polling of queues, is told by the others.
 */
export function combineLegs(accounts: readonly Account[]): Leg[] {
  const told = channels.map((channel) => onePerOutcome(accounts.filter((one) => one.channel === channel)));
  const known = new Set<string>();
  const legs: Leg[] = [];
  for (const ofChannel of told) {
    legs.push(...ofChannel.filter((leg) => !known.has(keyOf(leg))));
    for (const leg of ofChannel) known.add(keyOf(leg));
  }
  const names = mostTrusted(told, ({ name }) => name);
  const stations = mostTrusted(told, ({ via }) => via);
  const complete = (leg: Leg): Leg => ({
    ...leg,
    name: names.get(keyOf(leg)) ?? '',
    via: leg.via || (stations.get(keyOf(leg)) ?? ''),
  });
  return legs.map(complete).toSorted(byTime);
}

const keyOf = ({ kind, number }: Leg): string => `${kind}/${number}`;

/** The template may report an agent's part several times, each time a little longer; that is one leg. */
function onePerOutcome(accounts: readonly Account[]): Leg[] {
  const legs = accounts.flatMap(legsOf);
  if (accounts[0]?.channel !== 'template') return legs;
  const merged = new Map<string, Leg>();
  for (const leg of legs) {
    const key = `${keyOf(leg)}/${leg.answeredAt === undefined}`;
    const other = merged.get(key);
    merged.set(key, other === undefined ? leg : longest(leg, other));
  }
  return [...merged.values()];
}

function longest(one: Leg, other: Leg): Leg {
  const startedAt = one.startedAt < other.startedAt ? one.startedAt : other.startedAt;
  const [best] = [one, other].toSorted((a, b) => b.talkSeconds - a.talkSeconds || byTime(a, b));
  const ends = [one.endedAt, other.endedAt].filter((moment) => moment !== undefined).toSorted();
  return { ...(best ?? one), startedAt, endedAt: ends.at(-1) };
}

/** A text about each number, from the most trusted channel that has one. */
function mostTrusted(told: readonly (readonly Leg[])[], text: (leg: Leg) => string): Map<string, string> {
  const byTrust = told
    .toReversed()
    .flatMap((legs) => legs.toSorted((one, other) => compareText(text(one), text(other))));
  return new Map(byTrust.filter((leg) => text(leg) !== '').map((leg) => [keyOf(leg), text(leg)]));
}

/** Time first; of what happens at once the queue comes before whom it rings. */
function byTime(one: Leg, other: Leg): number {
  return (
    compareText(one.startedAt, other.startedAt) ||
    Number(isPerson(one)) - Number(isPerson(other)) ||
    Number(other.made) - Number(one.made) ||
    compareText(one.number, other.number) ||
    compareText(JSON.stringify(one), JSON.stringify(other))
  );
}

function reportedLegs(account: Reported): Leg[] {
  const { agent, answered, startedAt, endedAt, seconds, queue, direction } = account;
  const leg: Leg = {
    kind: 'agent',
    number: agent.extension,
    name: agent.name,
    made: direction === 'OUTBOUND',
    startedAt,
    answeredAt: answered ? laterOf(startedAt, plusSeconds(endedAt, -seconds)) : undefined,
    endedAt,
    talkSeconds: answered ? seconds : 0,
    via: queue,
  };
  return queue === '' ? [leg] : [station('queue', queue, '', startedAt), leg];
}

function watchedLegs({ legs }: Watched): Leg[] {
  const stations = legs
    .filter(({ via }) => via !== '')
    .map(({ via, viaKind, since }) => station(viaKind, via, '', since));
  return [...firstOfEach(stations), ...legs.map(watchedLeg)];
}

function watchedLeg({ dn, name, type, began, since, answeredAt, endedAt, via }: LiveLeg): Leg {
  return {
    kind: kindOfDn(type),
    number: dn,
    name,
    made: began === 'Dialing',
    startedAt: since,
    answeredAt,
    endedAt,
    talkSeconds: answeredAt === undefined || endedAt === undefined ? 0 : secondsBetween(answeredAt, endedAt),
    via,
  };
}

function kindOfDn(type: string): Leg['kind'] {
  if (/queue/i.test(type)) return 'queue';
  if (/group/i.test(type)) return 'group';
  return type === '' || /extension|^none$/i.test(type) ? 'agent' : 'menu';
}

function loggedLegs({ segments, direction }: Logged): Leg[] {
  return segments.flatMap((segment) => segmentLegs(segment, direction));
}

function segmentLegs(segment: Segment, direction: Logged['direction']): Leg[] {
  const { source, destination, action, startedAt, ringSeconds, talkSeconds, answered } = segment;
  const kind = kindOfSegment(segment);
  const answeredAt = answered ? plusSeconds(startedAt, ringSeconds) : undefined;
  const endedAt = plusSeconds(startedAt, ringSeconds + talkSeconds);
  const talked = answered ? talkSeconds : 0;
  const timing = { startedAt, answeredAt, endedAt, talkSeconds: talked, via: '' };
  if (kind === 'queue' || kind === 'group') {
    const entered = { ...station(kind, destination.dn, destination.name, startedAt), endedAt };
    const taker = answered && talked > 0 && action.dn !== '' && action.dn !== destination.dn ? action : undefined;
    // With the polling hidden, one row tells of the queue and of the agent who took the call.
    return taker === undefined ? [entered] : [entered, { ...agentLeg(taker, timing), via: destination.dn }];
  }
  if (kind !== 'agent' && kind !== 'outside') {
    return [
      {
        ...timing,
        kind,
        number: destination.dn || destination.number,
        name: destination.name,
        made: false,
        talkSeconds: 0,
      },
    ];
  }
  const number = kind === 'outside' ? destination.number : destination.dn;
  const called: Leg = { ...timing, kind, number, name: destination.name, made: false };
  if (direction === 'OUTBOUND' && kind === 'outside') return [{ ...agentLeg(source, timing), made: true }];
  return [called];
}

function agentLeg({ dn, name }: SegmentEnd, timing: Omit<Leg, 'kind' | 'number' | 'name' | 'made'>): Leg {
  return { ...timing, kind: 'agent', number: dn, name, made: false };
}

const voicemail = /voice ?mail|vmail/i;

/** The integer type codes of the call log have no official list: peers, `CallType` and names tell. */
function kindOfSegment({ destination, callType, reason }: Segment): Leg['kind'] {
  const { type, name, dn } = destination;
  if (voicemail.test(`${type} ${callType} ${name} ${reason} ${dn}`)) return 'voicemail';
  if (/ringgroup|ring group/i.test(`${type} ${callType}`)) return 'group';
  if (/queue/i.test(type) || /^queue$/i.test(callType)) return 'queue';
  if (/^externalline$/i.test(type) || /^external$/i.test(callType)) return 'outside';
  if (/^extension$/i.test(type) || /^extension$/i.test(callType)) return 'agent';
  return 'menu';
}

function station(kind: 'queue' | 'group', number: string, name: string, startedAt: string): Leg {
  return {
    kind,
    number,
    name,
    made: false,
    startedAt,
    answeredAt: undefined,
    endedAt: undefined,
    talkSeconds: 0,
    via: '',
  };
}

function firstOfEach(stations: readonly Leg[]): Leg[] {
  const first = new Map<string, Leg>();
  for (const one of stations.toSorted((a, b) => compareText(a.startedAt, b.startedAt)))
    if (!first.has(one.number)) first.set(one.number, one);
  return [...first.values()];
}

export function plusSeconds(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + Math.round(seconds * 1000)).toISOString();
}

export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}
