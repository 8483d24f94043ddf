import type { Account, Reported, Watched } from './account.ts';
import { compareText } from './join.ts';
import { isPerson, type Leg, legsOf } from './legs.ts';

/**
 * Which accounts are of one real call. All accounts given are of one line: one number of the other side. The result depends on the
 * accounts alone, not on the order in which they came.
 *
 * The call log knows best: each of its ids is a call. What Call Control watched joins it by `callid`; posts of the template, which have no id,
 * join the call in which their agent was rung at that time. What finds no call joins the one that was handed on to its agent, or makes one of its own.
 */
export function groupAccounts(accounts: readonly Account[]): Account[][] {
  const sorted = accounts.toSorted(byStart);
  const groups: Account[][] = sorted.filter(({ channel }) => channel === 'ledger').map((one) => [one]);
  for (const one of sorted) {
    if (one.channel === 'live') place(groups, one, homeOfWatched(groups, one, sorted) ?? handedOnFrom(groups, one));
  }
  const known = groups.length;
  for (const one of sorted) {
    if (one.channel !== 'template') continue;
    const home = homeOfReported(groups.slice(0, known), one) ?? homeAmongReports(groups.slice(known), one);
    place(groups, one, home);
  }
  return groups;
}

/** Starts of one call may be this far apart: clocks differ, and 3CX counts from different moments. */
const WINDOW_MS = 60_000;

function place(groups: Account[][], account: Account, home: Account[] | undefined): void {
  if (home === undefined) groups.push([account]);
  else home.push(account);
}

function byStart(one: Account, other: Account): number {
  return compareText(one.startedAt, other.startedAt) || compareText(one.id, other.id);
}

/** By `callid`; where no row carries it, by agent and time, unless that call was watched under another `callid`. */
function homeOfWatched(groups: readonly Account[][], one: Watched, all: readonly Account[]): Account[] | undefined {
  const byCallId = nearest(groups, one.startedAt, SAME_CALL_ID_MS, (group) => callIdsOf(group).has(one.callId));
  if (byCallId !== undefined) return byCallId;
  const watched = new Set(all.filter((other) => other.channel === 'live').map(({ callId }) => callId));
  const agents = agentsOf(legsOf(one));
  return nearest(groups, one.startedAt, WINDOW_MS, (group) => {
    const isTaken = [...callIdsOf(group)].some((callId) => watched.has(callId)) || group.some(isWatched);
    return !isTaken && isOneWay(group, one) && group.some((other) => intersects(agents, agentsOf(legsOf(other))));
  });
}

/** `callid` starts anew when the PBX does, so it proves nothing over a longer time. */
const SAME_CALL_ID_MS = 600_000;

/** The call in which the post's agent was rung at that time; else one whose queue or group may have rung that agent unseen. */
function homeOfReported(groups: readonly Account[][], one: Reported): Account[] | undefined {
  return nearestPart(groups, one, isOwnPart) ?? nearestPart(groups, one, isHiddenPart);
}

type IsPart = (leg: Leg, post: Reported) => boolean;

const isOwnPart: IsPart = ({ kind, number }, { agent }) => kind === 'agent' && number === agent.extension;

/** 3CX may hide the polling: then the call log tells of the queue only. Who answered is never hidden. */
const isHiddenPart: IsPart = ({ kind, number }, { answered, queue }) =>
  (kind === 'queue' || kind === 'group') && !answered && (queue === '' || number === queue);

function nearestPart(groups: readonly Account[][], one: Reported, isPart: IsPart): Account[] | undefined {
  const distanceTo = (group: readonly Account[]) => {
    const trusted = group.filter(({ channel }) => channel !== 'template');
    return closest(
      one.startedAt,
      trusted.flatMap((account) => momentsWith(account, one, isPart)),
    );
  };
  return nearestBy(
    groups.filter((group) => isOneWay(group, one)),
    distanceTo,
    WINDOW_MS,
  );
}

/** When the post may say that its call began: with the call, or with that part of it. */
function momentsWith(account: Account, one: Reported, isPart: IsPart): string[] {
  const parts = legsOf(account).filter((leg) => isPart(leg, one));
  return parts.length === 0 ? [] : [account.startedAt, ...parts.map(({ startedAt }) => startedAt)];
}

function homeAmongReports(groups: readonly Account[][], one: Reported): Account[] | undefined {
  return groups.find((group) => fits(group, one)) ?? handedOnFrom(groups, one);
}

/** Whoever hands a call on leaves it as the next one begins to talk with the caller, so nearly that ends and starts are no chance. */
const HANDOVER_MS = 3000;

/**
 * The call that was handed on to the agent of this account: where the call log does not tell, what both agents had looks like two calls. Two
 * callers who share a number are taken for one only if one of them gets an agent in the very moment in which the other hangs up.
 */
function handedOnFrom(groups: readonly Account[][], one: Watched | Reported): Account[] | undefined {
  const isAtOnce = (moment: string, other: string) => Math.abs(Date.parse(moment) - Date.parse(other)) <= HANDOVER_MS;
  const begins = beginningsOf(one);
  return groups.find(
    (group) =>
      isOneWay(group, one) &&
      group
        .flatMap(legsOf)
        .filter((leg) => isPerson(leg) && leg.answeredAt !== undefined && !begins.agents.has(leg.number))
        .some(({ endedAt }) => endedAt !== undefined && begins.moments.some((moment) => isAtOnce(moment, endedAt))),
  );
}

/** When the agents of an account may have begun to talk with a caller whom a colleague handed on. */
function beginningsOf(one: Watched | Reported): { agents: ReadonlySet<string>; moments: readonly string[] } {
  if (one.channel === 'live') {
    const taken = one.legs.filter(({ takenOverAt }) => takenOverAt !== undefined);
    return {
      agents: new Set(taken.map(({ dn }) => dn)),
      moments: taken.flatMap(({ takenOverAt }) => takenOverAt ?? []),
    };
  }
  const isPublic = one.answered && one.party.kind === 'public';
  const moments = isPublic ? [one.startedAt, new Date(talkStart(one)).toISOString()] : [];
  return { agents: new Set([one.agent.extension]), moments };
}

/** Whether a post belongs to the call that earlier posts, and nobody else, told of. */
function fits(group: readonly Account[], one: Reported): boolean {
  const reports = group.filter((other) => other.channel === 'template');
  const first = reports[0];
  if (first === undefined || first.direction !== one.direction) return false;
  if (Date.parse(one.startedAt) - Date.parse(first.startedAt) > WINDOW_MS) return false;
  const isRepeat = reports.some(
    ({ agent, answered }) => agent.extension === one.agent.extension && answered === one.answered,
  );
  return isRepeat || isSameQueueCall(reports, one);
}

/** One caller in one queue, rung at several agents; two callers with one number are told apart by two who talk at once. */
function isSameQueueCall(reports: readonly Reported[], one: Reported): boolean {
  if (one.queue === '' || one.party.kind !== 'public') return false;
  if (!reports.some(({ queue }) => queue === one.queue)) return false;
  return !reports.some((other) => one.answered && other.answered && isTalkingWhile(one, other));
}

function isTalkingWhile(one: Reported, other: Reported): boolean {
  if (one.agent.extension === other.agent.extension) return false;
  return talkStart(one) < Date.parse(other.endedAt) && talkStart(other) < Date.parse(one.endedAt);
}

function talkStart({ endedAt, seconds }: Reported): number {
  return Date.parse(endedAt) - seconds * 1000;
}

/** The nearest group within reach for which the condition holds. */
function nearest(
  groups: readonly Account[][],
  startedAt: string,
  reachMs: number,
  condition: (group: readonly Account[]) => boolean,
): Account[] | undefined {
  const distanceTo = (group: readonly Account[]) =>
    closest(
      startedAt,
      group.map((account) => account.startedAt),
    );
  return nearestBy(groups.filter(condition), distanceTo, reachMs);
}

function nearestBy(
  groups: readonly Account[][],
  distanceTo: (group: readonly Account[]) => number | undefined,
  reachMs: number,
): Account[] | undefined {
  return groups
    .map((group) => ({ group, distance: distanceTo(group) ?? Infinity }))
    .filter(({ distance }) => distance <= reachMs)
    .toSorted((one, other) => one.distance - other.distance)[0]?.group;
}

function closest(moment: string, others: readonly string[]): number | undefined {
  if (others.length === 0) return undefined;
  return Math.min(...others.map((other) => Math.abs(Date.parse(other) - Date.parse(moment))));
}

function callIdsOf(group: readonly Account[]): Set<number> {
  return new Set(group.flatMap((one) => (one.channel === 'ledger' ? one.segments.map(({ callId }) => callId) : [])));
}

function agentsOf(legs: readonly Leg[]): Set<string> {
  return new Set(legs.filter(({ kind }) => kind === 'agent').map(({ number }) => number));
}

function intersects(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((item) => other.has(item));
}

function isWatched(account: Account): boolean {
  return account.channel === 'live';
}

function isOneWay(group: readonly Account[], { direction }: Account): boolean {
  return group.some((other) => other.direction === direction);
}
