import {
  type CrmRecord,
  ForbiddenError,
  type MemberRoute,
  NotFoundError,
  type RawRequest,
  type Reply,
  type Route,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { findCall } from '../calls/find-call.ts';
import { pick } from '../calls/pick.ts';
import { readBody } from '../payload.ts';
import type { Context } from '../services.ts';

const settlement = z.object({
  callId: z.uuid('must be the id of a call'),
  personId: z.uuid('must be the id of a person'),
});

const door = {
  method: 'POST',
  path: '/calls/settle',
  summary: 'Says with whom a call is or was, and remembers it for its number',
} as const;

/** Somebody decides with whom a call is or was whose number did not tell. */
export const settleCall: Route<Context> = { ...door, audience: 'operator', handle: settle };

/** The same for a member, among the calls and people that the role may read. */
export const settleCallForMember: MemberRoute<Context> = {
  ...door,
  async handle(context, request) {
    const { callId, personId } = readSettlement(request);
    const { crm } = request;
    const isOpen = (await crm.mayChange('phoneCall', 'personId')) && (await crm.sees('person', 'name'));
    if (!isOpen) {
      throw new ForbiddenError('Your role may not say with whom calls are', {
        remedy: 'An administrator can give the role the field "Person" of calls in Twenty under Settings, Roles.',
      });
    }
    // Only a call and a person that the role may read are found.
    await findCall({ ...context, crm: request.crm }, callId, 'body.callId');
    await existingPerson({ ...context, crm: request.crm }, personId);
    return await settle(context, request);
  },
};

async function settle(context: Context, received: Pick<RawRequest, 'body'>): Promise<Reply> {
  const { callId, personId } = readSettlement(received);
  const call = await findCall(context, callId, 'body.callId');
  await pick(context, call, await existingPerson(context, personId));
  return { body: { callId, personId, matchState: 'SETTLED' } };
}

function readSettlement({ body }: Pick<RawRequest, 'body'>): z.output<typeof settlement> {
  return readBody(settlement, body, () => 'Send {"callId": "…", "personId": "…"} with ids from the CRM.');
}

async function existingPerson({ crm }: Context, personId: string): Promise<CrmRecord> {
  const record = await crm.get('person', personId);
  if (record !== undefined) return record;
  throw new NotFoundError('There is no person with this id', {
    field: 'body.personId',
    remedy: 'Take the id from the record in the CRM; a new record is known here a few seconds later.',
  });
}
