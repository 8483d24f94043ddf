import { z } from 'zod';
import { defineEvent } from './event.ts';

/** The facts that plugins tell each other, each with the shape that subscribers may rely on. Ids are CRM record ids. */

/** What every event of a call tells. */
const call = {
  callId: z.uuid(),
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
  /** E.164, or empty when the caller withheld it. */
  phoneNumber: z.string(),
  startedAt: z.iso.datetime(),
  personId: z.uuid().nullable(),
  companyId: z.uuid().nullable(),
  locationId: z.uuid().nullable(),
};

/** Somebody calls, or is called. The record follows when somebody answers or the call ends; its id is known by now. */
export const callRinging = defineEvent('call.ringing', z.object({ ...call, agentExtensions: z.array(z.string()) }));

export const callAnswered = defineEvent(
  'call.answered',
  z.object({ ...call, answeredAt: z.iso.datetime(), agentExtension: z.string() }),
);

/** A call is over. Told again when it turns out later that the outcome was another one. */
export const callEnded = defineEvent(
  'call.ended',
  z.object({
    ...call,
    outcome: z.enum(['ANSWERED', 'MISSED', 'NOT_ANSWERED']),
    /** Talking time. */
    durationSeconds: z.number().int().nonnegative(),
    /** Who took the call; empty when nobody did and several were rung. */
    agentExtension: z.string(),
  }),
);

/** The recording of a call is there. Told once per recording; a call that went from one agent to another may have several. */
export const recordingAvailable = defineEvent(
  'recording.available',
  z.object({
    callId: z.uuid(),
    /** Of the telephone system. */
    recordingId: z.string(),
    /** `StoredFile.id`; null where the audio stays in the telephone system. */
    file: z.string().nullable(),
    /** Such as `audio/wav`; empty without a file. */
    mimeType: z.string(),
    startedAt: z.iso.datetime(),
    /** Who was recorded beside the other side. */
    agentExtension: z.string(),
    /** Whether somebody in the hub should write down what was said: nobody else does. Never without a file. */
    wantsTranscript: z.boolean(),
  }),
);

const recordChange = z.object({
  object: z.string(),
  recordId: z.uuid(),
  /** Names of the fields that changed, where the CRM tells them. */
  updatedFields: z.array(z.string()).optional(),
  /** Of an update, the values of these fields as the mirror has had and has them now; missing where it did not have the record. */
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
  /** Who changed it last, as Twenty has it; missing where it does not tell. */
  by: z
    .object({
      /** `MANUAL`, `API`, `IMPORT`, `WORKFLOW`, `APPLICATION`, …, as Twenty names them. */
      source: z.string(),
      memberId: z.string().nullable(),
      /** Of the member, or of the API key. */
      name: z.string(),
    })
    .optional(),
  /** No webhook told of it: it was found by comparing. */
  isRecovered: z.boolean().optional(),
});

export const recordCreated = defineEvent('record.created', recordChange);
export const recordUpdated = defineEvent('record.updated', recordChange);
export const recordDeleted = defineEvent('record.deleted', recordChange);

const promise = z.object({
  caseId: z.uuid(),
  /** `C-000123`; empty before the case has one. */
  number: z.string(),
  /** `response`: somebody answers the customer. `resolve`: it is solved. */
  promise: z.enum(['response', 'resolve']),
  dueAt: z.iso.datetime(),
  assigneeId: z.uuid().nullable(),
});

/** Of the time that was promised for a case most has gone. Told once for a promise, and not when it is overdue by then. */
export const caseDueSoon = defineEvent('case.due-soon', promise);

/** What was promised for a case was not kept in time. Told once for a promise. */
export const caseOverdue = defineEvent('case.overdue', promise);
