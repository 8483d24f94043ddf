import type { Webhook } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { companyName } from '../contact-card.ts';
import { findByEmail, findByNumber } from '../directory.ts';
import { whomLabel } from '../map.ts';
import type { Resolution } from '../match.ts';
import { readChat, type ReportedChat } from '../schema.ts';
import type { Context } from '../services.ts';
import { contentKey } from './delivery-key.ts';

/** `ReportChat` of the template. The post is kept as it came; the log tells with whom the chat was. */
export const reportChat: Webhook<Context> = {
  name: 'chat',
  path: '/chat',
  verify: hasKey,
  deliveryKey: contentKey,
  async receive(context, delivery) {
    const chat = readChat(delivery.request.body, context.tenant.country, delivery.receivedAt);
    const whom = await resolve(context, chat);
    const label = whomLabel(whom, await companyName(context.crm, whom.companyId));
    const summary = `Chat with extension ${chat.agent.extension || 'unknown'}: ${label}. Kept in this log.`;
    await context.commit({ notes: [{ direction: 'in', kind: 'chat', result: 'done', summary, inboxId: delivery.id }] });
  },
};

async function resolve(context: Context, { party, email }: ReportedChat): Promise<Resolution> {
  const byEmail = await findByEmail(context, email);
  return byEmail.state === 'UNKNOWN' && party.kind === 'public' ? await findByNumber(context, party.e164) : byEmail;
}
