import {
  callAnswered,
  callEnded,
  type EventSubscription,
  type JournalActor,
  type JournalInput,
  type JournalKind,
  on,
  type RecordRef,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { nameOf } from '../cases/links.ts';
import { textIn } from '../records/values.ts';
import type { Context } from '../services.ts';

interface Call {
  readonly callId: string;
  readonly direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL';
  readonly phoneNumber: string;
  readonly personId: string | null;
  readonly agentExtension: string;
}

const answered = on<Context, typeof callAnswered.payload>(callAnswered, async (context, { payload }) => {
  if (payload.direction === 'INTERNAL') return;
  await context.commit({ journal: [await takenUp(context, payload, new Date(payload.answeredAt))] });
});

const ended = on<Context, typeof callEnded.payload>(callEnded, async (context, { payload, occurredAt }) => {
  const { direction, outcome, durationSeconds, callId } = payload;
  if (direction === 'INTERNAL') return;
  const details = { outcome, phoneNumber: payload.phoneNumber, durationSeconds };
  // Told again with another outcome it is another entry: the first one is not taken back.
  const noted = { at: occurredAt, key: `call:${callId}/${outcome}`, details };
  if (outcome === 'ANSWERED') {
    // A hub that was away hears of the end alone.
    const start = await takenUp(context, payload, new Date(payload.startedAt));
    const end = { ...noted, kind: 'CALL_ENDED' as const, actor: await agentOf(context, payload) };
    return await context.commit({ journal: [start, await entryOf(context, payload, end)] });
  }
  const isMissed = direction === 'INBOUND';
  const actor = isMissed ? await customerOf(context, payload) : await agentOf(context, payload);
  const kind = isMissed ? 'CALL_MISSED' : 'CALL_MADE';
  await context.commit({ journal: [await entryOf(context, payload, { ...noted, kind, actor })] });
});

export const callJournal: readonly EventSubscription<Context>[] = [answered, ended];

async function takenUp(context: Context, call: Call, at: Date): Promise<JournalInput> {
  return await entryOf(context, call, {
    key: `call:${call.callId}/taken`,
    kind: call.direction === 'INBOUND' ? 'CALL_RECEIVED' : 'CALL_MADE',
    at,
    actor: await agentOf(context, call),
    details: { phoneNumber: call.phoneNumber },
  });
}

interface Deed {
  readonly key: string;
  readonly kind: JournalKind;
  readonly at: Date;
  readonly actor: JournalActor;
  readonly details: Readonly<Record<string, unknown>>;
}

async function entryOf(context: Context, { callId, personId }: Call, deed: Deed): Promise<JournalInput> {
  const caseId = await caseOf(context, callId);
  const subjects = [
    ...(caseId === null ? [] : [{ object: 'serviceCase', id: caseId }]),
    { object: 'phoneCall', id: callId },
    ...person(personId),
  ];
  return { ...deed, source: '3cx', subjects };
}

const person = (id: string | null): RecordRef[] => (id === null ? [] : [{ object: 'person', id }]);

/** What the desk has said the call is about, or its record. */
async function caseOf({ tables, crm }: Context, callId: string): Promise<string | null> {
  const [filed] = await tables.query<{ caseId: string | null }>(sql`
    select case_id as "caseId" from service_desk_call where tenant_id = ${thisTenant} and call_id = ${callId}`);
  if (filed !== undefined) return filed.caseId;
  const record = await crm.get('phoneCall', callId);
  return record === undefined ? null : textIn(record, 'serviceCaseId');
}

async function agentOf({ crm }: Context, { agentExtension }: Call): Promise<JournalActor> {
  const none = { kind: 'MEMBER', id: null, name: agentExtension } as const;
  if (agentExtension === '') return none;
  const [member, ...others] = await crm.findBy('workspaceMember', 'extension', agentExtension, 2);
  // An extension that two share is nobody's.
  if (member === undefined || others.length > 0) return none;
  return { kind: 'MEMBER', id: member.id, name: nameOf(member) };
}

async function customerOf({ crm }: Context, { personId, phoneNumber }: Call): Promise<JournalActor> {
  const record = personId === null ? undefined : await crm.get('person', personId);
  return { kind: 'CUSTOMER', id: personId, name: record === undefined ? phoneNumber : nameOf(record) };
}
