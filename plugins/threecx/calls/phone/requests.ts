import { defineJob, defineTopic, live, type LiveChange, type StoreChange } from '@switchboard/core/contract';
import { z } from 'zod';

const common = {
  requestId: z.string().min(1).max(100),
  memberId: z.uuid(),
  extension: z.string(),
  askedAt: z.iso.datetime(),
};

/** Something an agent asked the telephone system to do. */
export const phoneRequest = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('call'), destination: z.string() }),
  z.object({ ...common, action: z.literal('hangUp'), participantId: z.number() }),
  z.object({ ...common, action: z.literal('transfer'), participantId: z.number(), destination: z.string() }),
]);

export type PhoneRequest = z.output<typeof phoneRequest>;

/** Tried once: who clicked looks at the telephone, and a call that comes a minute later surprises everybody. */
export const actOnPhone = defineJob({
  name: 'threecx.act-on-phone',
  payload: phoneRequest,
  lane: 'live',
  attempts: 1,
  timeoutMs: 30_000,
  serialize: ({ extension }) => `phone/${extension}`,
});

/** What became of the clicks of a member. */
export const phoneRequestsTopic = defineTopic(
  'phone-requests',
  z.object({
    action: z.enum(['call', 'hangUp', 'transfer']),
    state: z.enum(['accepted', 'done', 'failed']),
    /** For the agent, one sentence; empty unless failed. */
    detail: z.string(),
  }),
  { object: 'phoneCall' },
);

const SHOWN_MS = 60_000;
/** A page that asks wants to end the call as well. */
const TOLD_MS = 15 * 60_000;

/** What became of a request, for those who do not follow the live feed. */
export const requestState = phoneRequestsTopic.data;

/** Where the store keeps it. */
export const stateKey = (memberId: string, requestId: string): string => `phone-state/${memberId}/${requestId}`;

/** Tells the member, in the live feed and to whoever asks. */
export function progress(
  { requestId, memberId, action }: Pick<PhoneRequest, 'requestId' | 'memberId' | 'action'>,
  state: 'accepted' | 'done' | 'failed',
  now: number,
  detail = '',
): { live: LiveChange[]; store: StoreChange[] } {
  const expiresAt = new Date(now + SHOWN_MS);
  const value = { action, state, detail };
  return {
    live: [live(phoneRequestsTopic, requestId, value, { members: [memberId], expiresAt })],
    store: [{ key: stateKey(memberId, requestId), value, expiresAt: new Date(now + TOLD_MS) }],
  };
}
