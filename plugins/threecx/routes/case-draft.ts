import type { Route } from '@switchboard/core/contract';
import { recognise } from '../calls/caller.ts';
import { draftCase } from '../calls/draft.ts';
import { findCall, whomOf } from '../calls/find-call.ts';
import { readParty } from '../party.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';

/** What the case of a call begins with. Works from the first ring on. */
export const caseDraft: Route<Context> = {
  method: 'GET',
  path: '/calls/draft',
  summary: 'The draft of a case for a call (?call=ID) or a number (?number=…)',
  audience: 'operator',
  async handle(context, { query }) {
    const callId = query.get('call');
    if (callId !== null) {
      const call = await findCall(context, printable(callId), 'query.call');
      return { body: { callId: call.callId, ...(await draftCase(context, call.party, await whomOf(context, call))) } };
    }
    const party = readParty(printable(query.get('number') ?? ''), context.tenant.country);
    return { body: await draftCase(context, party, await recognise(context, party, '')) };
  },
};
