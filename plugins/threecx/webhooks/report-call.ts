import { callEnded, type Changes, event, type InboxDelivery, type Webhook } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { hasKey } from '../access.ts';
import { companyName } from '../contact-card.ts';
import { findByNumber, findMember } from '../directory.ts';
import { complete, expiry, externalKey, type JournaledCall, nearest, storeKey, storeWindow } from '../journal.ts';
import { callDetails, callFields, callName, callSummary } from '../map.ts';
import { nobody, type Resolution } from '../match.ts';
import type { Party } from '../party.ts';
import { readCall, type ReportedCall } from '../schema.ts';
import type { Context } from '../services.ts';
import { callKey, contentKey } from './delivery-key.ts';

/** `ReportCall` of the template: one post per agent and call, sometimes repeated, sometimes with text later. */
export const reportCall: Webhook<Context> = {
  name: 'call',
  path: '/call',
  verify: hasKey,
  deliveryKey: contentKey,
  serialize: callKey,
  async receive(context, delivery) {
    await context.services.sightings.note('call');
    const call = readCall(delivery.request.body, context.tenant.country, delivery.receivedAt);
    const reason = whyNot(call.party, context.config);
    if (reason !== undefined) return await context.commit(ignored(delivery, reason));
    const known = await findJournaled(context, call);
    return await context.commit(
      known === undefined ? await newCall(context, call, delivery) : await furtherPost(context, call, known, delivery),
    );
  },
};

function whyNot({ kind }: Party, config: Config): string | undefined {
  if (kind === 'internal' && !config.journalInternal) return 'Call between two extensions; these are not recorded.';
  if (kind === 'withheld' && !config.journalWithheld) return 'The number is withheld; such calls are not recorded.';
  return undefined;
}

async function findJournaled(
  { store }: Context,
  call: ReportedCall,
): Promise<{ key: string; journaled: JournaledCall } | undefined> {
  const { from, to } = storeWindow(call);
  const entry = nearest(call, await store.range(from, to));
  return entry && { key: entry.key, journaled: entry.value as JournaledCall };
}

async function newCall(context: Context, call: ReportedCall, delivery: InboxDelivery): Promise<Changes> {
  const { crm } = context;
  const key = externalKey(call);
  const callId = crm.idFor('phoneCall', key);
  // The store forgets after some days; a delivery that is run again later must not undo what people settled since.
  if ((await crm.get('phoneCall', callId)) !== undefined)
    return ignored(delivery, 'This call has its record already.', callId);
  const whom = await resolve(context, call);
  const details = callDetails(call, await findMember(crm, call.agent));
  const journaled: JournaledCall = {
    externalKey: key,
    seconds: call.seconds,
    endedAt: call.endedAt.toISOString(),
    filled: Object.keys(details),
  };
  const summary = callSummary(call, whom, await companyName(crm, whom.companyId));
  return {
    writes: [{ object: 'phoneCall', key, fields: { externalKey: key, ...callFields(call, whom), ...details } }],
    events: [event(callEnded, endedPayload(call, whom, callId), key)],
    store: [{ key: storeKey(call), value: journaled, expiresAt: expiry(call, delivery.receivedAt) }],
    notes: [{ direction: 'in', kind: 'call', result: 'done', summary, recordId: callId, inboxId: delivery.id }],
  };
}

async function furtherPost(
  { crm }: Context,
  call: ReportedCall,
  known: { key: string; journaled: JournaledCall },
  delivery: InboxDelivery,
): Promise<Changes> {
  const { externalKey: key } = known.journaled;
  const callId = crm.idFor('phoneCall', key);
  const { journaled, fields } = complete(known.journaled, call, callDetails(call, await findMember(crm, call.agent)));
  const names = Object.keys(fields);
  if (names.length === 0) return ignored(delivery, `${callName(call)}: reported before, nothing new.`, callId);
  const summary = `${callName(call)}: reported before, adds ${names.join(', ')}.`;
  return {
    writes: [{ object: 'phoneCall', key, fields }],
    store: [{ key: known.key, value: journaled, expiresAt: expiry(call, delivery.receivedAt) }],
    notes: [{ direction: 'in', kind: 'call', result: 'done', summary, recordId: callId, inboxId: delivery.id }],
  };
}

async function resolve(context: Context, { party, entity }: ReportedCall): Promise<Resolution> {
  return party.kind === 'public' ? await findByNumber(context, party.e164, entity.id) : nobody;
}

function endedPayload(call: ReportedCall, whom: Resolution, callId: string) {
  return {
    callId,
    direction: call.direction,
    outcome: call.outcome,
    phoneNumber: call.party.kind === 'public' ? call.party.e164 : '',
    startedAt: call.startedAt.toISOString(),
    durationSeconds: call.seconds,
    agentExtension: call.agent.extension,
    personId: whom.personId ?? null,
    companyId: whom.companyId ?? null,
    locationId: whom.locationId ?? null,
  };
}

function ignored(delivery: InboxDelivery, summary: string, recordId?: string): Changes {
  const note = { direction: 'in', kind: 'call', result: 'ignored', summary, inboxId: delivery.id } as const;
  return { notes: [recordId === undefined ? note : { ...note, recordId }] };
}
