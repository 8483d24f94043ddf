import { type Callers, NotFoundError } from '@switchboard/core/contract';
import { announceCreated, BRIDGE_MS } from '../directory.ts';
import type { Context } from '../services.ts';
import { findCall } from './find-call.ts';
import { pick } from './pick.ts';

/** Who is on the line, as other plugins settle it. */
export function createCallers(context: Context): Callers {
  return {
    async settle({ callId, personId, created }) {
      const { crm, clock } = context;
      const call = await findCall(context, callId, 'callId');
      const known = await crm.get('person', personId);
      const person = known ?? (created && { ...created, id: personId });
      if (person === undefined) {
        throw new NotFoundError('There is no person with this id', {
          field: 'personId',
          remedy: 'Take the id from the record in the CRM; a new record is known here a few seconds later.',
        });
      }
      const isNew = known === undefined && created !== undefined && call.party.kind === 'public';
      const until = new Date(clock.now() + BRIDGE_MS);
      await pick(context, call, person, isNew ? announceCreated(call.party.e164, personId, created, until) : undefined);
    },
  };
}
