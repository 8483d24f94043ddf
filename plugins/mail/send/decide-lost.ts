import { ConflictError, NotFoundError, sql, thisTenant } from '@switchboard/core/contract';
import type { SendContext } from './context.ts';
import { findOutgoing, transmissionsOf } from './outgoing.ts';
import { recorded } from './record-outcome.ts';
import { accept } from './settle.ts';
import { transmitAgain } from './work.ts';

/** A person says what became of a mail whose acceptance was lost: it arrived, or it is to be sent again. */
export async function decideLost(
  context: SendContext,
  mailId: string,
  { decision, by }: { readonly decision: 'arrived' | 'send-again'; readonly by: string },
): Promise<void> {
  const mail = await findOutgoing(context.tables, mailId);
  if (mail === undefined) throw new NotFoundError('There is no such mail', { field: 'mailId', reason: 'mail.no-mail' });
  const lost = (await transmissionsOf(context.tables, [mailId])).filter(({ state }) => state === 'unknown');
  if (lost.length === 0) {
    throw new ConflictError('Nothing about this mail is open', {
      field: 'mailId',
      reason: 'mail.nothing-open',
      remedy: 'Load the list again: somebody else has decided, or the mail was found.',
    });
  }
  const addresses = lost.map(({ address }) => address);
  if (decision === 'arrived') {
    await recorded(context, mailId, (tables) => accept(tables, mailId, addresses, `Said to have arrived by ${by}.`));
    return;
  }
  await context.commit({
    rows: async (tables) => {
      const queued = await tables.query(sql`
        update mail_transmission set state = 'queued', changed_at = now(), answer = ${`Sent again by ${by}.`}
        where tenant_id = ${thisTenant} and outgoing_id = ${mailId} and state = 'unknown'
        returning address
      `);
      return { jobs: queued.length === 0 ? [] : [transmitAgain(mailId)] };
    },
  });
}
