import { job, type JobRun, sql, SwitchboardError, thisTenant } from '@switchboard/core/contract';
import type { SendContext } from './context.ts';
import { findOutgoing, type StoredOutgoing, transmissionsOf } from './outgoing.ts';
import { rawOf } from './raw.ts';
import { recorded } from './record-outcome.ts';
import { accept } from './settle.ts';
import { COPY_TRIES, copyToSent } from './work.ts';

/** Puts the very bytes that were sent into Sent, once. Whatever fails here, the mail is sent. */
export async function copyMail(context: SendContext, mailId: string, { attempt, signal }: JobRun): Promise<void> {
  const mail = await findOutgoing(context.tables, mailId);
  if (mail?.copyState !== 'wanted') return;
  try {
    await noteCopy(context, mail, await copied(context, mail, signal), '');
  } catch (error) {
    const known = error instanceof SwitchboardError ? error : undefined;
    if (attempt < COPY_TRIES && known?.retry !== 'never') throw error;
    context.log.warn({ mail: mailId, err: error }, 'The copy of a mail in Sent is given up');
    await noteCopy(context, mail, 'failed', known?.message ?? 'It failed unexpectedly');
  }
}

/**
 * Tries the copies of a mailbox again that were given up, such as after room was made in it.
 *
 * @returns how many
 */
export async function copyAgain({ commit, clock }: SendContext, mailboxId: string): Promise<number> {
  let wanted: readonly { readonly id: string }[] = [];
  await commit({
    rows: async (tables) => {
      wanted = await tables.query<{ id: string }>(sql`
        update mail_outgoing set copy_state = 'wanted', copy_detail = ''
        where tenant_id = ${thisTenant} and mailbox_id = ${mailboxId} and copy_state = 'failed' returning id
      `);
      return { jobs: wanted.map(({ id }) => job(copyToSent, { mailId: id }, `${id}/${clock.now()}`)) };
    },
  });
  return wanted.length;
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
  { commit }: SendContext,
  { id, caseId, people }: StoredOutgoing,
  state: StoredOutgoing['copyState'],
  detail: string,
): Promise<void> {
  const summary = `A mail was sent from ${people.from.address}, and its copy could not be put into Sent: ${detail}.`;
  const about = caseId === null ? {} : { recordId: caseId };
  await commit({
    rows: async (tables) => {
      await tables.query(sql`
        update mail_outgoing set copy_state = ${state}, copy_detail = ${detail}
        where tenant_id = ${thisTenant} and id = ${id}
      `);
    },
    notes: state === 'failed' ? [{ direction: 'out', kind: 'mail', result: 'failed', summary, ...about }] : [],
  });
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
