import type { Webhook } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { chatMessage } from '../calls/chat.ts';
import { companyName } from '../contact-card.ts';
import { findByEmail, findByNumber } from '../directory.ts';
import { whomLabel } from '../map.ts';
import type { Resolution } from '../match.ts';
import { readChat, type ReportedChat } from '../schema.ts';
import type { Context } from '../services.ts';
import { contentKey } from './delivery-key.ts';

/** `ReportChat` of the template: the chat becomes a message; the log tells with whom it was, never what was said. */
export const reportChat: Webhook<Context> = {
  name: 'chat',
  path: '/chat',
  verify: hasKey,
  deliveryKey: contentKey,
  async receive(context, delivery) {
    const chat = readChat(delivery.request.body, context.tenant.country, delivery.receivedAt);
    const whom = await resolve(context, chat);
    const label = whomLabel(whom, await companyName(context.crm, whom.companyId));
    const summary = `Chat with extension ${chat.agent.extension || 'unknown'}: ${label}.`;
    const message = await chatMessage(context, chat, whom);
    const recordId = context.crm.idFor('caseMessage', message.key);
    await context.commit({
      writes: [message],
      notes: [{ direction: 'in', kind: 'chat', result: 'done', summary, recordId, inboxId: delivery.id }],
    });
  },
};

async function resolve(context: Context, { party, email }: ReportedChat): Promise<Resolution> {
  const byEmail = await findByEmail(context, email);
  return byEmail.state === 'UNKNOWN' && party.kind === 'public' ? await findByNumber(context, party.e164) : byEmail;
}
