import type { JobRun, MailRequest } from '@switchboard/core/contract';
import { acceptRequest } from '../../send/accept.ts';
import { transmissionsOf } from '../../send/outgoing.ts';
import { AGENT, CASE, type Desk, mailbox, records } from '../desk.ts';
import { type Smtp, startSmtp } from './smtp.ts';

/** The desk as it was opened, with a server of its own. */
export async function beginAnew(desk: Desk): Promise<Smtp> {
  Object.assign(desk.records, records());
  desk.mailboxes.splice(0, Infinity, mailbox());
  desk.clock.now = Date.now;
  desk.sent.folder = { isFilledByProvider: true, has: async () => false, append: async () => {} };
  await desk.hub.hub.database.pool.query('delete from crm_outbox');
  // The turns of a clock that went ahead.
  await desk.hub.hub.database.pool.query('delete from mail_pace');
  const smtp = await startSmtp();
  desk.line.account = smtp.account;
  return smtp;
}

export const runOf = (attempt = 1): JobRun => ({
  id: crypto.randomUUID(),
  attempt,
  signal: new AbortController().signal,
});

/** A mail of the agent to the contact of the case. */
export async function acceptMail(desk: Desk, change: Partial<MailRequest> = {}): Promise<string> {
  const { mails } = await acceptRequest(desk.context, {
    requestId: crypto.randomUUID(),
    by: { memberId: AGENT },
    about: { caseId: CASE },
    to: 'contact',
    subject: 'Elevator',
    text: 'Dear {{person.firstName}}',
    ...change,
  });
  const [mail] = mails;
  if (mail === undefined) throw new Error('Nothing was accepted');
  return mail.mailId;
}

/** Of each recipient. */
export async function statesOf(desk: Desk, mailId: string): Promise<Record<string, string>> {
  const transmissions = await transmissionsOf(desk.context.tables, [mailId]);
  return Object.fromEntries(transmissions.map(({ address, state }) => [address, state]));
}
