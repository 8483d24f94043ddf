import { live, type LiveChange } from '@switchboard/core/contract';
import { displayName } from '../../contact-card.ts';
import { partyLabel } from '../../party.ts';
import type { Context } from '../../services.ts';
import type { Watched } from '../account.ts';
import { describeCaller, recognise, SHOWN_RECORDS } from '../caller.ts';
import { callsTopic, type Caller, type Card } from './topic.ts';
import { keyOf, presentLegs, type Tracked } from './tracked.ts';

/** Should every process of the hub die, nobody sees a call for longer than this. */
const LONGEST_SHOWN_MS = 4 * 3_600_000;

const MOST_BYTES = 60_000;

type Sources = Pick<Context, 'crm' | 'store' | 'clock'>;

/** Finds the member behind an extension. */
export type FindMember = (extension: string) => Promise<string | undefined>;

/**
 * What is shown of a call as it is now. Of a call that nobody is in any more there is no card, and the change removes it.
 *
 * @param told what the call tells the journal now
 */
export async function cardOf(
  sources: Sources,
  call: Tracked,
  told: Watched,
  findMember: FindMember,
): Promise<{ card: Card | undefined; change: LiveChange }> {
  const callId = sources.crm.idFor('phoneCall', keyOf(call));
  const legs = presentLegs(call);
  if (legs.length === 0) return { card: undefined, change: live(callsTopic, callId, undefined) };
  const [caller, agents] = await Promise.all([
    describe(sources, told.party, callId),
    Promise.all(legs.map(async (leg) => ({ ...agentOf(leg), memberId: (await findMember(leg.dn)) ?? null }))),
  ]);
  const card: Card = {
    ...caller,
    callId,
    state: stateOf(agents.map(({ state }) => state)),
    direction: told.direction,
    phoneNumber: told.party.kind === 'public' ? told.party.e164 : '',
    label: partyLabel(told.party),
    calledNumber: told.did,
    queue: legs.find(({ via }) => via !== '')?.via ?? '',
    startedAt: call.startedAt,
    answeredAt:
      told.legs
        .map(({ answeredAt }) => answeredAt)
        .filter((at) => at !== undefined)
        .toSorted()[0] ?? null,
    agents,
  };
  const members = agents.flatMap(({ memberId }) => memberId ?? []);
  const expiresAt = new Date(sources.clock.now() + LONGEST_SHOWN_MS);
  return { card, change: live(callsTopic, callId, fit(card), { members, expiresAt }) };
}

/** An item of the feed holds 64 KiB. Whoever has very long lists is shown the beginning of them. */
function fit(card: Card, most = SHOWN_RECORDS): Card {
  if (most === 0 || Buffer.byteLength(JSON.stringify(card)) <= MOST_BYTES) return card;
  const less = Math.floor(most / 2);
  const shorter = {
    candidates: card.candidates.slice(0, less),
    openCases: card.openCases.slice(0, less),
    malfunctions: card.malfunctions.slice(0, less),
    previousCalls: card.previousCalls.slice(0, less),
  };
  return fit({ ...card, ...shorter }, less);
}

async function describe(sources: Sources, party: Parameters<typeof recognise>[1], callId: string): Promise<Caller> {
  const whom = await recognise(sources, party, callId);
  const caller = await describeCaller(sources, party, whom);
  const { winner, personId } = whom;
  if (caller.person !== null || personId === undefined || winner?.record.id !== personId) return caller;
  return { ...caller, person: { id: personId, name: displayName(winner.record) } };
}

type State = 'ringing' | 'dialling' | 'talking';

function agentOf({ dn, status, answeredAt, since }: ReturnType<typeof presentLegs>[number]) {
  const state: State = status === 'Connected' ? 'talking' : status === 'Dialing' ? 'dialling' : 'ringing';
  return { extension: dn, state, since: state === 'talking' ? (answeredAt ?? since) : since };
}

function stateOf(states: readonly State[]): State {
  return (['talking', 'dialling', 'ringing'] as const).find((state) => states.includes(state)) ?? 'ringing';
}
