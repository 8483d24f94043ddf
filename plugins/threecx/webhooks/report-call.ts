import { type DeliveryNote, type InboxDelivery, type Webhook } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { mergeAccount, type Merged } from '../calls/merge.ts';
import { readOtherSide } from '../calls/other-side.ts';
import { callName } from '../calls/record.ts';
import { reportedAccount } from '../calls/reported.ts';
import { companyName } from '../contact-card.ts';
import { callSummary } from '../map.ts';
import { nobody } from '../match.ts';
import { readCall } from '../schema.ts';
import type { Context } from '../services.ts';
import { whyNotRecorded } from '../whether.ts';
import { contentKey, lineKey } from './delivery-key.ts';

/** `ReportCall` of the template: one post per agent and call, sometimes repeated, sometimes with text later. */
export const reportCall: Webhook<Context> = {
  name: 'call',
  path: '/call',
  verify: hasKey,
  deliveryKey: contentKey,
  serialize: lineKey,
  async receive(context, delivery) {
    await context.services.sightings.note('call');
    const call = readCall(delivery.request.body, context.tenant.country, delivery.receivedAt);
    const reason = whyNotRecorded(call.party, context.config);
    if (reason !== undefined) return await context.commit({ notes: [note(delivery, 'ignored', reason)] });
    const account = reportedAccount(call, readOtherSide(context));
    const merged = await mergeAccount(context, account, delivery.receivedAt, call);
    await context.commit({ ...merged.changes, notes: [await describe(context, merged, delivery)] });
  },
};

/** One line for the operator: numbers and names, nothing that was said. */
async function describe(context: Context, merged: Merged, delivery: InboxDelivery): Promise<DeliveryNote> {
  const { result, call, names, recordId, whom } = merged;
  if (result === 'made') {
    const company = await companyName(context.crm, whom?.state.companyId);
    return note(delivery, 'done', callSummary(call, whom?.resolution ?? nobody, company), recordId);
  }
  const name = callName(call);
  const lines = {
    changed: ['done', `${name}: reported before, adds ${names.join(', ')}.`],
    same: ['ignored', `${name}: reported before, nothing new.`],
    known: ['ignored', 'This call has its record already.'],
    waits: ['done', `${name}: kept until the call log tells of the whole call, a minute at most.`],
    rings: ['done', `${name}: kept; the call goes on.`],
  } as const;
  const [outcome, summary] = lines[result];
  const hasRecord = result !== 'waits' && result !== 'rings';
  return note(delivery, outcome, summary, hasRecord ? recordId : undefined);
}

function note(
  delivery: InboxDelivery,
  result: DeliveryNote['result'],
  summary: string,
  recordId?: string,
): DeliveryNote {
  const line = { direction: 'in', kind: 'call', result, summary, inboxId: delivery.id } as const;
  return recordId === undefined ? line : { ...line, recordId };
}
