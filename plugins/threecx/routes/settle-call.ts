import { type CrmRecord, NotFoundError, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { readBody } from '../payload.ts';
import type { Context } from '../services.ts';
import { settlement } from '../settle.ts';

const request = z.object({
  callId: z.uuid('must be the id of a call'),
  personId: z.uuid('must be the id of a person'),
});

/** Somebody decides with whom a call was whose number did not tell. */
export const settleCall: Route<Context> = {
  method: 'POST',
  path: '/calls/settle',
  summary: 'Says with whom a call was, and remembers it for its number',
  audience: 'operator',
  async handle(context, { body }) {
    const { callId, personId } = readBody(
      request,
      body,
      () => 'Send {"callId": "…", "personId": "…"} with ids from the CRM.',
    );
    const call = await existing(context, 'phoneCall', callId, 'body.callId');
    const person = await existing(context, 'person', personId, 'body.personId');
    await context.commit(settlement(call, person));
    return { body: { callId, personId, matchState: 'SETTLED' } };
  },
};

async function existing({ crm }: Context, object: string, id: string, field: string): Promise<CrmRecord> {
  const record = await crm.get(object, id);
  if (record !== undefined) return record;
  throw new NotFoundError(`There is no ${object} with this id`, {
    field,
    remedy: 'Take the id from the record in the CRM; a new record is known here a few seconds later.',
  });
}
