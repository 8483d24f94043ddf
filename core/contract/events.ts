import { z } from 'zod';
import { defineEvent } from './event.ts';

/** The facts that plugins tell each other, each with the shape that subscribers may rely on. Ids are CRM record ids. */

export const callEnded = defineEvent(
  'call.ended',
  z.object({
    callId: z.uuid(),
    direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
    outcome: z.enum(['ANSWERED', 'MISSED', 'NOT_ANSWERED']),
    /** E.164, or empty when the caller withheld it. */
    phoneNumber: z.string(),
    startedAt: z.iso.datetime(),
    durationSeconds: z.number().int().nonnegative(),
    agentExtension: z.string(),
    personId: z.uuid().nullable(),
    companyId: z.uuid().nullable(),
    locationId: z.uuid().nullable(),
  }),
);

const recordChange = z.object({
  object: z.string(),
  recordId: z.uuid(),
  /** Names of the fields that changed, where the CRM tells them. */
  updatedFields: z.array(z.string()).optional(),
});

export const recordCreated = defineEvent('record.created', recordChange);
export const recordUpdated = defineEvent('record.updated', recordChange);
export const recordDeleted = defineEvent('record.deleted', recordChange);
