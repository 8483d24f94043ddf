import { type JobRun, sql, SwitchboardError, thisTenant } from '@switchboard/core/contract';
import type { SendContext } from './context.ts';
import { findOutgoing, type StoredOutgoing, transmissionsOf } from './outgoing.ts';
import { rawOf } from './raw.ts';
import { recorded } from './record-outcome.ts';
import { accept } from './settle.ts';
import { COPY_TRIES } from './work.ts';

/** Puts the very bytes that were sent into Sent, once. Whatever fails here, the mail is sent. */
export async function copyMail(context: SendContext, mailId: string, { attempt, signal }: JobRun): Promise<void> {
  const mail = await findOutgoing(context.tables, mailId);
  if (mail?.copyState !== 'wanted') return;
  try {
    await noteCopy(context, mailId, await copied(context, mail, signal), '');
  } catch (error) {
    if (attempt < COPY_TRIES) throw error;
    const detail = error instanceof SwitchboardError ? error.message : 'It failed unexpectedly.';
    await noteCopy(context, mailId, 'failed', detail);
  }
}

async function copied(
  context: SendContext,
  mail: StoredOutgoing,
  signal: AbortSignal,
): Promise<StoredOutgoing['copyState']> {
  const folder = await context.services.sentFolder(mail.mailboxId);
  if (folder.isFilledByProvider) return 'by-provider';
  // A try before this one may have put it there and lost the answer.
  if (!(await folder.has(mail.messageId, signal))) await folder.append(await rawOf(context, mail), signal);
  return 'there';
}

async function noteCopy(
  { tables }: SendContext,
  mailId: string,
  state: StoredOutgoing['copyState'],
  detail: string,
): Promise<void> {
  await tables.query(sql`
    update mail_outgoing set copy_state = ${state}, copy_detail = ${detail}
    where tenant_id = ${thisTenant} and id = ${mailId}
  `);
}

const FOUND = 'Found in the folder Sent of the mailbox.';

/**
 * Looks whether a mail whose acceptance was lost lies in Sent, where providers put what they took. That it is not there proves nothing: then a
 * person decides.
 */
export async function lookForMail(context: SendContext, mailId: string, signal: AbortSignal): Promise<void> {
  const mail = await findOutgoing(context.tables, mailId);
  const lost = (await transmissionsOf(context.tables, [mailId])).filter(({ state }) => state === 'unknown');
  if (mail === undefined || lost.length === 0) return;
  const folder = await context.services.sentFolder(mail.mailboxId);
  if (!(await folder.has(mail.messageId, signal))) return;
  const addresses = lost.map(({ address }) => address);
  await recorded(context, mailId, (tables) => accept(tables, mailId, addresses, FOUND));
}
