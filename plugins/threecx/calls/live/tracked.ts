import { type Party, readParty } from '../../party.ts';
import type { LiveLeg, Watched } from '../account.ts';
import { bounded } from '../bounded.ts';
import { watchedKey } from '../founder.ts';
import { compareText } from '../join.ts';
import type { Participant } from '../wire/participant.ts';

/** A call that goes on, as the participants with one `callid` tell it. Plain JSON: it outlives the process that watches. */
export type Tracked = {
  readonly callId: number;
  readonly startedAt: string;
  readonly legs: readonly TrackedLeg[];
  /** Somebody in it was gone when the link was back: what they did until they left is not known. */
  readonly lostSight?: true;
};

type TrackedLeg = LiveLeg & {
  readonly party: Participant['party'];
  readonly status: Participant['status'];
};

/** @param type what the DN is, in the words of Call Control; empty when unknown */
export function see(known: Tracked | undefined, participant: Participant, type: string, at: string): Tracked {
  const { callId } = participant;
  const call = known ?? { callId, startedAt: at, legs: [] };
  const leg = call.legs.find((one) => isLegOf(one, participant.dn, participant.id));
  if (leg === undefined) {
    const legs = [...call.legs, begin(participant, type, at)];
    // Who rings or talks now is never cut: the call is about them.
    return {
      ...call,
      legs: bounded(legs, ({ answeredAt, endedAt }) => answeredAt !== undefined || endedAt === undefined),
    };
  }
  const next = change(leg, participant, at);
  return next === leg ? call : { ...call, legs: call.legs.map((one) => (one === leg ? next : one)) };
}

/** The participant left while nobody looked, some time after it was last seen. */
export function lose(call: Tracked, dn: string, participantId: number, lastSeenAt: string): Tracked {
  const left = leave(call, dn, participantId, lastSeenAt);
  return left === call ? call : { ...left, lostSight: true };
}

/** The participant is gone: hung up, or rung elsewhere. */
export function leave(call: Tracked, dn: string, participantId: number, at: string): Tracked {
  const ends = (leg: TrackedLeg) => isLegOf(leg, dn, participantId) && leg.endedAt === undefined;
  if (!call.legs.some(ends)) return call;
  return { ...call, legs: call.legs.map((leg) => (ends(leg) ? { ...leg, endedAt: latest(at, leg) } : leg)) };
}

/** Whoever left unseen left no earlier than it was last seen. */
function latest(at: string, { since, answeredAt }: TrackedLeg): string {
  return [at, since, answeredAt ?? ''].toSorted().at(-1) ?? at;
}

export function isOver({ legs }: Tracked): boolean {
  return legs.every(({ endedAt }) => endedAt !== undefined);
}

/** The legs that ring or talk. */
export function presentLegs({ legs }: Tracked): TrackedLeg[] {
  return legs.filter(({ endedAt }) => endedAt === undefined);
}

export function keyOf(call: Tracked): string {
  return watchedKey(call);
}

/** @param readNumber understands a number of the other side, in the direction in which it was called */
export function watchedAccount(
  call: Tracked,
  readNumber: (number: string, direction: Watched['direction']) => Party,
): Watched {
  const head = call.legs.toSorted(byStart).find(isToOutside);
  const outbound = call.legs.some(({ began, party }) => began === 'Dialing' && isOutside(party));
  const direction = head === undefined ? 'INTERNAL' : outbound ? 'OUTBOUND' : 'INBOUND';
  const number = head?.party.number ?? callerOf(call);
  return {
    channel: 'live',
    id: `live/${call.callId}/${call.startedAt}`,
    callId: call.callId,
    startedAt: call.startedAt,
    direction,
    party: head === undefined ? { kind: 'internal', extension: number } : readNumber(number, direction),
    callerId: number,
    did: head?.party.did ?? '',
    legs: call.legs.map(({ party: _party, status: _status, ...leg }) => leg),
  };
}

/** Of a call between extensions, who made it. */
function callerOf({ legs }: Tracked): string {
  const maker = legs.find(({ began }) => began === 'Dialing');
  return maker?.dn ?? legs[0]?.party.dn ?? '';
}

function begin(participant: Participant, type: string, at: string): TrackedLeg {
  const { dn, id, status, party, queue } = participant;
  return {
    dn,
    participantId: id,
    name: '',
    type,
    began: status,
    since: at,
    via: queue.dn,
    viaKind: queue.kind,
    party,
    status,
    ...(status === 'Connected' ? { answeredAt: at } : {}),
  };
}

function change(leg: TrackedLeg, { status, party, queue }: Participant, at: string): TrackedLeg {
  const isSame = leg.status === status && sameParty(leg.party, party) && (queue.dn === '' || queue.dn === leg.via);
  if (isSame && leg.endedAt === undefined) return leg;
  // A queue that calls back rings its agent first and the customer then: only with the customer the call is answered.
  const meetsOutside = leg.answeredAt !== undefined && !isOutside(leg.party) && isOutside(party);
  const goesOut = meetsOutside && leg.via !== '';
  const { endedAt: _endedAt, ...rest } = leg;
  return {
    ...rest,
    status,
    party,
    via: queue.dn || leg.via,
    viaKind: queue.dn === '' ? leg.viaKind : queue.kind,
    began: status === 'Dialing' || goesOut ? 'Dialing' : leg.began,
    ...(goesOut ? { answeredAt: at } : {}),
    ...(meetsOutside && !goesOut ? { takenOverAt: at } : {}),
    ...(status === 'Connected' && leg.answeredAt === undefined ? { answeredAt: at } : {}),
  };
}

function sameParty(one: Participant['party'], other: Participant['party']): boolean {
  return (['dn', 'type', 'number', 'name', 'did'] as const).every((part) => one[part] === other[part]);
}

function isToOutside({ party }: TrackedLeg): boolean {
  return isOutside(party);
}

/** Trunks say what they are; where nothing is said, a public number is outside. */
function isOutside({ type, number }: Participant['party']): boolean {
  if (/external/i.test(type)) return true;
  return /^(none)?$/i.test(type) && readParty(number, '').kind === 'public';
}

function byStart(one: TrackedLeg, other: TrackedLeg): number {
  return compareText(one.since, other.since) || one.participantId - other.participantId;
}

function isLegOf(leg: LiveLeg, dn: string, participantId: number): boolean {
  return leg.dn === dn && leg.participantId === participantId;
}
