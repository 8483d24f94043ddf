import type { Account } from './account.ts';
import { type Journey, journeyOf } from './journey.ts';
import { combineLegs, isPerson, type Leg, legsOf, plusSeconds, secondsBetween } from './legs.ts';

/** One real call, from everything that is known of it. */
export type Call = {
  readonly direction: Account['direction'];
  readonly outcome: 'ANSWERED' | 'MISSED' | 'NOT_ANSWERED';
  readonly party: Account['party'];
  readonly callerId: string;
  /** The own number that was dialled; empty when unknown. */
  readonly calledNumber: string;
  readonly startedAt: string;
  readonly answeredAt: string | undefined;
  /** Undefined while it lasts. */
  readonly endedAt: string | undefined;
  /** Talking time, all agents together. */
  readonly talkSeconds: number;
  /** Until somebody answered, or the caller gave up. */
  readonly waitSeconds: number | undefined;
  /** Who took the call last; of an unanswered call who alone was rung. */
  readonly agent: { readonly extension: string; readonly name: string; readonly email: string } | undefined;
  readonly queue: string;
  /** The CRM record that 3CX showed; empty when none. */
  readonly entityId: string;
  readonly recordingUrl: string;
  readonly sentiment: number | undefined;
  /** Of the call log; empty until it is known there. */
  readonly historyId: string;
  readonly journey: Journey;
};

/**
 * Makes one call of its accounts. The call log wins on outcome, durations and legs, the template tells the agent's address and the record that
 * was shown, what was watched fills the gaps. The order of the accounts makes no difference.
 */
export function callOf(unsorted: readonly [Account, ...Account[]]): Call {
  const accounts = unsorted.toSorted(byTrust) as [Account, ...Account[]];
  const legs = combineLegs(accounts);
  const head = accounts[0];
  const direction = head.direction;
  const startedAt = startOf(accounts);
  const answered = legs.filter((leg) => isAnswered(leg, legs, direction));
  const answeredAt = answered.map((leg) => leg.answeredAt ?? '').toSorted()[0];
  const endedAt = isOver(accounts) ? endOf(accounts, startedAt) : undefined;
  const waitedUntil = answeredAt ?? endedAt;
  return {
    direction,
    outcome: answered.length > 0 ? 'ANSWERED' : direction === 'OUTBOUND' ? 'NOT_ANSWERED' : 'MISSED',
    party: head.party,
    callerId: head.callerId,
    calledNumber: first(accounts, (one) => (one.channel === 'template' ? '' : one.did)),
    startedAt,
    answeredAt,
    endedAt,
    talkSeconds: talkOf(answered, direction),
    waitSeconds: waitedUntil === undefined ? undefined : secondsBetween(startedAt, waitedUntil),
    agent: agentOf(accounts, legs, answered, direction),
    queue: legs.find(({ kind }) => kind === 'queue')?.number ?? '',
    ...shownOf(accounts),
    historyId: first(accounts, (one) => (one.channel === 'ledger' ? one.historyId : '')),
    journey: journeyOf({ legs, accounts, direction, endedAt }),
  };
}

const ranks = ['ledger', 'live', 'template'];

function byTrust(one: Account, other: Account): number {
  return (
    ranks.indexOf(one.channel) - ranks.indexOf(other.channel) ||
    Date.parse(one.startedAt) - Date.parse(other.startedAt) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** The hub watches by its own clock; a post of the template has the PBX's, but may tell of a later part of the call. */
function startOf(accounts: readonly Account[]): string {
  const starts = (channel: Account['channel']) =>
    accounts
      .filter((one) => one.channel === channel)
      .map(({ startedAt }) => startedAt)
      .toSorted();
  const [logged] = starts('ledger');
  const [watched] = starts('live');
  const [reported] = starts('template');
  if (logged !== undefined) return logged;
  if (watched === undefined || reported === undefined) return watched ?? reported ?? '';
  return Date.parse(reported) - Date.parse(watched) > CLOCKS_DIFFER_MS ? watched : reported;
}

const CLOCKS_DIFFER_MS = 3000;

/** What was watched is over when all have left; where the link was lost before that, when 3CX reports or logs the end of whoever was left. */
function isOver(accounts: readonly Account[]): boolean {
  const ended = accounts.filter(({ channel }) => channel !== 'live').flatMap(legsOf);
  return accounts
    .flatMap((one) => (one.channel === 'live' ? one.legs : []))
    .every(
      ({ dn, since, endedAt }) =>
        endedAt !== undefined ||
        ended.some((leg) => leg.number === dn && leg.endedAt !== undefined && leg.endedAt > since),
    );
}

function endOf(accounts: readonly Account[], startedAt: string): string {
  for (const channel of ['ledger', 'template', 'live'] as const) {
    const ends = accounts
      .filter((one) => one.channel === channel)
      .flatMap((one) => (one.channel === 'template' ? [one.endedAt] : legsOf(one).map((leg) => leg.endedAt)))
      .filter((moment) => moment !== undefined)
      .toSorted();
    const last = ends.at(-1);
    if (last !== undefined) return last > startedAt ? last : startedAt;
  }
  return plusSeconds(startedAt, 0);
}

/** Whether a person took it. Who calls out, or is rung first so that the call can go out, has not answered before the other side has. */
function isAnswered(leg: Leg, legs: readonly Leg[], direction: Account['direction']): boolean {
  if (!isPerson(leg) || leg.answeredAt === undefined) return false;
  if (direction !== 'OUTBOUND') return !leg.made;
  return leg.made || leg.kind === 'outside' || legs.some((other) => other.made && other.startedAt < leg.startedAt);
}

/** Of an internal call both extensions may tell, yet it is one talk; what an agent says to a number outside is the same talk as the number's. */
function talkOf(answered: readonly Leg[], direction: Account['direction']): number {
  const talks = answered
    .filter(({ kind }) => direction !== 'OUTBOUND' || kind === 'agent')
    .map(({ talkSeconds }) => talkSeconds);
  if (direction === 'INTERNAL') return Math.round(Math.max(0, ...talks));
  return Math.round(talks.reduce((sum, seconds) => sum + seconds, 0));
}

function agentOf(
  accounts: readonly Account[],
  legs: readonly Leg[],
  answered: readonly Leg[],
  direction: Account['direction'],
): Call['agent'] {
  const agents = legs.filter(({ kind, made }) => kind === 'agent' && (direction !== 'INTERNAL' || !made));
  const talked = agents.filter((leg) => answered.includes(leg));
  const last = talked.toSorted((one, other) => ((one.answeredAt ?? '') < (other.answeredAt ?? '') ? -1 : 1)).at(-1);
  const leg = last ?? onlyRung(agents, legs);
  if (leg === undefined) return undefined;
  const emails = accounts
    .filter((one) => one.channel === 'template')
    .filter(({ agent }) => agent.extension === leg.number)
    .map(({ agent }) => agent.email);
  return { extension: leg.number, name: leg.name, email: emails.toSorted().at(-1) ?? '' };
}

/** What rings in a queue or a group and nobody answers is no agent's missed call. */
function onlyRung(agents: readonly Leg[], legs: readonly Leg[]): Leg | undefined {
  const isShared = legs.some(({ kind }) => kind === 'queue' || kind === 'group');
  const isOne = new Set(agents.map(({ number }) => number)).size === 1;
  return isOne && !isShared ? agents[0] : undefined;
}

/** What the template alone knows; of several posts the one of the longest talk tells, and the others where it is silent. */
function shownOf(accounts: readonly Account[]): Pick<Call, 'entityId' | 'recordingUrl' | 'sentiment'> {
  const posts = accounts
    .filter((one) => one.channel === 'template')
    .toSorted((one, other) => other.seconds - one.seconds || (one.id < other.id ? -1 : 1));
  const scores = accounts.map((one) => (one.channel === 'live' ? undefined : one.sentiment));
  return {
    entityId: first(posts, ({ entityId }) => entityId),
    recordingUrl: first(posts, ({ recordingUrl }) => recordingUrl),
    sentiment: scores.find((score) => score !== undefined),
  };
}

function first<Item>(items: readonly Item[], text: (item: Item) => string): string {
  return items.map(text).find((value) => value !== '') ?? '';
}
