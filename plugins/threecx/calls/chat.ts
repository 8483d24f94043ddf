import type { CrmWrite } from '@switchboard/core/contract';
import { linkOf, type Resolution } from '../match.ts';
import type { Context } from '../services.ts';
import type { ReportedChat } from '../schema.ts';
import { openCasesOf } from './caller.ts';
import { digest } from './line.ts';
import { asMarkdown } from './record.ts';

/**
 * A finished chat as a message on the person, and on the case if exactly one is open: which of several it is about, people have to say. The visitor
 * says who he is, nobody checks it, so the sender counts as unverified.
 */
export async function chatMessage(
  context: Context,
  chat: ReportedChat,
  whom: Resolution,
): Promise<CrmWrite & { readonly key: string }> {
  const { agent, email, party, startedAt, name } = chat;
  const number = party.kind === 'public' ? party.e164 : '';
  const key = `3cx:chat/${digest([agent.extension, email, number, startedAt.toISOString()].join(' '))}`;
  const serviceCase = await onlyOpenCase(context, whom);
  const optional = {
    fromName: name,
    fromAddress: email || number,
    personId: whom.personId,
    serviceCaseId: serviceCase?.id,
    malfunctionId: serviceCase && linkOf(serviceCase, 'malfunctionId'),
  };
  return {
    object: 'caseMessage',
    key,
    fields: {
      externalKey: key,
      name: `Chat with extension ${agent.extension || 'unknown'}`,
      subject: 'Chat',
      direction: 'INBOUND',
      channel: 'CHAT',
      status: 'RECEIVED',
      senderCheck: 'UNVERIFIED',
      occurredAt: startedAt.toISOString(),
      threadKey: key,
      toAddresses: agent.email === '' ? [] : [agent.email],
      body: { markdown: asMarkdown(chat.messages) },
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== '')),
    },
  };
}

async function onlyOpenCase({ crm }: Context, { personId }: Resolution) {
  if (personId === undefined) return undefined;
  const own = { personId, companyId: undefined, locationId: undefined, candidates: [], matchState: 'MATCHED' } as const;
  const cases = await openCasesOf(crm, own);
  return cases.length === 1 ? cases[0] : undefined;
}
