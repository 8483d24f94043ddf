import type { MemberRoute, RawRequest, Reply, Route } from '@switchboard/core/contract';
import { recognise } from '../calls/caller.ts';
import { draftCase } from '../calls/draft.ts';
import { findCall, whomOf } from '../calls/find-call.ts';
import { readParty } from '../party.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';

const door = {
  method: 'GET',
  path: '/calls/draft',
  summary: 'The draft of a case for a call (?call=ID) or a number (?number=…)',
} as const;

/** What the case of a call begins with. Works from the first ring on. */
export const caseDraft: Route<Context> = { ...door, audience: 'operator', handle: answer };

/** The same for a member: of what the role may read. */
export const caseDraftForMember: MemberRoute<Context> = {
  ...door,
  handle: async (context, request) => await answer({ ...context, crm: request.crm }, request),
};

async function answer(context: Context, { query }: RawRequest): Promise<Reply> {
  const callId = query.get('call');
  if (callId !== null) {
    const call = await findCall(context, printable(callId), 'query.call');
    return { body: { callId: call.callId, ...(await draftCase(context, call.party, await whomOf(context, call))) } };
  }
  const party = readParty(printable(query.get('number') ?? ''), context.tenant.country);
  return { body: await draftCase(context, party, await recognise(context, party, '')) };
}
