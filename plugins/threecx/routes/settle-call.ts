import { type CrmRecord, NotFoundError, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { findCall } from '../calls/find-call.ts';
import { pick } from '../calls/pick.ts';
import { readBody } from '../payload.ts';
import type { Context } from '../services.ts';

const request = z.object({
  callId: z.uuid('must be the id of a call'),
  personId: z.uuid('must be the id of a person'),
});

/** Somebody decides with whom a call is or was whose number did not tell. */
export const settleCall: Route<Context> = {
  method: 'POST',
  path: '/calls/settle',
  summary: 'Says with whom a call is or was, and remembers it for its number',
  audience: 'operator',
  async handle(context, { body }) {
    const { callId, personId } = readBody(
      request,
      body,
      () => 'Send {"callId": "…", "personId": "…"} with ids from the CRM.',
    );
    const call = await findCall(context, callId, 'body.callId');
    await pick(context, call, await existingPerson(context, personId));
    return { body: { callId, personId, matchState: 'SETTLED' } };
  },
};

async function existingPerson({ crm }: Context, personId: string): Promise<CrmRecord> {
  const record = await crm.get('person', personId);
  if (record !== undefined) return record;
  throw new NotFoundError('There is no person with this id', {
    field: 'body.personId',
    remedy: 'Take the id from the record in the CRM; a new record is known here a few seconds later.',
  });
}
