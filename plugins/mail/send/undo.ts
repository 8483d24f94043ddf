import { type MailAuthor, type MailUndone, NotFoundError, sql, thisTenant } from '@switchboard/core/contract';
import { attachmentKey } from './attachments.ts';
import type { SendContext } from './context.ts';
import type { OutgoingFile } from './outgoing.ts';

type Undone = { readonly id: string; readonly attachments: readonly OutgoingFile[] };

/** Takes back the mails of a request that still wait. */
export async function undoRequest(
  { tables, commit }: Pick<SendContext, 'tables' | 'commit'>,
  {
    requestId,
    by,
    mailId,
  }: { readonly requestId: string; readonly by: MailAuthor; readonly mailId?: string | undefined },
): Promise<MailUndone> {
  const authorId = by === 'hub' ? null : by.memberId;
  const mails = await tables.query<{ id: string }>(sql`
    select id from mail_outgoing
    where tenant_id = ${thisTenant} and request_key = ${requestId} and author_id is not distinct from ${authorId}::uuid
      and (${mailId ?? null}::uuid is null or id = ${mailId ?? null}::uuid)
  `);
  if (mails.length === 0)
    throw new NotFoundError('There is no such request of yours', { field: 'requestId', reason: 'mail.no-request' });
  const undone: Undone[] = [];
  await commit({
    rows: async (own) => {
      undone.push(...(await own.query<Undone>(takeBack(requestId, authorId, mailId ?? null))));
      await own.query(sql`
        update mail_transmission set state = 'undone', changed_at = now()
        where tenant_id = ${thisTenant} and outgoing_id = any(${undone.map(({ id }) => id)}::uuid[]) and state = 'queued'
      `);
      return {
        keeps: undone.flatMap(({ id, attachments }) =>
          attachments.map((_file, index) => ({ key: attachmentKey(id, index), file: undefined })),
        ),
      };
    },
  });
  const gone = new Set(undone.map(({ id }) => id));
  return { undone: [...gone], tooLate: mails.map(({ id }) => id).filter((id) => !gone.has(id)) };
}

/** Taken back before it is the same as taken back now: a second click finds what the first one did. */
const takeBack = (requestId: string, authorId: string | null, mailId: string | null) => sql`
  update mail_outgoing set state = 'undone'
  where tenant_id = ${thisTenant} and request_key = ${requestId} and author_id is not distinct from ${authorId}::uuid
    and (${mailId}::uuid is null or id = ${mailId}::uuid) and state in ('waiting', 'undone')
  returning id, attachments
`;
