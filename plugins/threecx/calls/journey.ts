import { z } from 'zod';
import type { Account } from './account.ts';
import { compareText } from './join.ts';
import { isPerson, type Leg, secondsBetween } from './legs.ts';

/**
 * The timeline of a call, as it stands in the field `journey` of its record. Readers must ignore steps and members that they do not know;
 * what is there keeps its meaning.
 *
 * - `queue`, `group`, `menu`: the call came there, and stayed for `seconds` where that is known
 * - `rang`: that number was rung, for `seconds`, on behalf of `via`; `answered` tells whether it took the call
 * - `dialled`: the agent `number` called out, and it rang for `seconds`
 * - `answered`: `number` took the call and talked for `seconds`
 * - `transferred`: the call went on to `number` after somebody had answered
 * - `voicemail`: the call ended up there, for `seconds`
 * - `ended`: the last side hung up; `by` tells which, when 3CX does
 */
export const journey = z.object({
  version: z.literal(1),
  steps: z.array(
    z.object({
      at: z.iso.datetime(),
      what: z.enum(['queue', 'group', 'menu', 'rang', 'dialled', 'answered', 'transferred', 'voicemail', 'ended']),
      number: z.string().optional(),
      name: z.string().optional(),
      seconds: z.number().int().nonnegative().optional(),
      via: z.string().optional(),
      answered: z.boolean().optional(),
      by: z.enum(['caller', 'agent']).optional(),
    }),
  ),
});

export type Journey = z.output<typeof journey>;
type Step = Journey['steps'][number];

/** A queue may ring the same agents for an hour; what comes after so many steps says nothing new. */
const MOST_STEPS = 200;

export function journeyOf(facts: {
  readonly legs: readonly Leg[];
  readonly accounts: readonly Account[];
  readonly direction: Account['direction'];
  readonly endedAt: string | undefined;
}): Journey {
  const { legs, accounts, direction, endedAt } = facts;
  const steps = legs.flatMap((leg, index) => stepsOf(leg, legs.slice(0, index), endedAt));
  const by = accounts.map((account) => whoEnded(account, direction)).find((side) => side !== undefined);
  const last: Step[] =
    endedAt === undefined ? [] : [{ at: endedAt, what: 'ended', ...(by === undefined ? {} : { by }) }];
  return { version: 1, steps: [...steps.toSorted(byTime).slice(0, MOST_STEPS), ...last] };
}

function stepsOf(leg: Leg, earlier: readonly Leg[], callEndedAt: string | undefined): Step[] {
  const who = { number: leg.number, ...(leg.name === '' ? {} : { name: leg.name }) };
  if (leg.kind !== 'agent' && leg.kind !== 'outside') {
    const stay = leg.endedAt === undefined ? {} : { seconds: secondsBetween(leg.startedAt, leg.endedAt) };
    return [{ at: leg.startedAt, what: leg.kind, ...who, ...stay }];
  }
  const { startedAt, answeredAt, endedAt, talkSeconds } = leg;
  const rangUntil = answeredAt ?? endedAt ?? callEndedAt;
  const ring: Step = {
    at: startedAt,
    what: leg.made ? 'dialled' : 'rang',
    ...who,
    ...(rangUntil === undefined ? {} : { seconds: secondsBetween(startedAt, rangUntil) }),
    ...(leg.via === '' ? {} : { via: leg.via }),
    answered: answeredAt !== undefined,
  };
  const transfer: Step[] = isTransfer(leg, earlier) ? [{ at: startedAt, what: 'transferred', ...who }] : [];
  if (answeredAt === undefined) return [...transfer, ring];
  const talk = endedAt === undefined ? {} : { seconds: Math.round(talkSeconds) };
  return [...transfer, ring, { at: answeredAt, what: 'answered', ...who, ...talk }];
}

/** A number that comes in after another one had the call. */
function isTransfer(leg: Leg, earlier: readonly Leg[]): boolean {
  return (
    !leg.made &&
    earlier.some(
      (other) =>
        isPerson(other) &&
        other.number !== leg.number &&
        other.answeredAt !== undefined &&
        other.answeredAt <= leg.startedAt,
    )
  );
}

const order = ['queue', 'group', 'menu', 'transferred', 'dialled', 'rang', 'voicemail', 'answered', 'ended'];

function byTime(one: Step, other: Step): number {
  return compareText(one.at, other.at) || order.indexOf(one.what) - order.indexOf(other.what);
}

/** 3CX names the side as source or destination of the last row; other words tell nothing. */
function whoEnded(account: Account, direction: Account['direction']): 'caller' | 'agent' | undefined {
  const reason = account.channel === 'ledger' ? (account.segments.at(-1)?.reason ?? '') : '';
  const isSource = /src|source/i.test(reason);
  const isDestination = /dst|dest/i.test(reason);
  if (isSource === isDestination) return undefined;
  return isSource === (direction === 'OUTBOUND') ? 'agent' : 'caller';
}
