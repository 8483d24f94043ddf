import { ConflictError, type MailAuthor, NotFoundError, sql, thisTenant } from '@switchboard/core/contract';
import type { SendContext } from './context.ts';
import { transmitAgain } from './work.ts';

/**
 * Hands those mails of a request over once more that a server refused, to the recipients it refused and to nobody else: the same bytes, under the
 * same Message-ID.
 *
 * @throws NotFoundError for a request that is unknown or somebody else's; ConflictError when nothing of it has failed
 */
export async function tryAgain(
  { tables, commit }: Pick<SendContext, 'tables' | 'commit'>,
  { requestId, by }: { readonly requestId: string; readonly by: MailAuthor },
): Promise<{ readonly mails: number }> {
  const authorId = by === 'hub' ? null : by.memberId;
  const mails = await tables.query<{ id: string }>(sql`
    select id from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and mail.author_id is not distinct from ${authorId}::uuid
      and (mail.request_key = ${requestId} or starts_with(mail.request_key, ${requestId} || '/'))
  `);
  if (mails.length === 0)
    throw new NotFoundError('There is no such request of yours', { field: 'requestId', reason: 'mail.no-request' });
  let count = 0;
  await commit({
    rows: async (own) => {
      const failed = await own.query<{ id: string }>(sql`
        with again as (
          update mail_transmission set state = 'queued', changed_at = now()
          where tenant_id = ${thisTenant} and outgoing_id = any(${mails.map(({ id }) => id)}::uuid[])
            and state = 'failed' and bounced_at is null
          returning outgoing_id
        )
        select distinct outgoing_id as id from again
      `);
      await own.query(sql`
        update mail_outgoing set state = 'going'
        where tenant_id = ${thisTenant} and id = any(${failed.map(({ id }) => id)}::uuid[]) and state = 'done'
      `);
      count = failed.length;
      return { jobs: failed.map(({ id }) => transmitAgain(id)) };
    },
  });
  if (count > 0) return { mails: count };
  throw new ConflictError('Nothing of it has failed', {
    field: 'requestId',
    reason: 'mail.nothing-failed',
    remedy: 'Load the list again: it was tried again already.',
  });
}
