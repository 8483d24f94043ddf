import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** What lies about in a mailbox, beside whether it is read. */
type Standing = {
  /** Messages that could not be read, or that the server announces and does not hand out. */
  readonly setAside: number;
  /** Sent mails whose copy could not be put into Sent. */
  readonly missingCopies: number;
  /** Why, of one of them: a full mailbox, a limit. */
  readonly copyDetail: string;
};

const nothing: Standing = { setAside: 0, missingCopies: 0, copyDetail: '' };

/** @returns by the id of the mailbox; nothing lies about in one that is not there */
export async function standings(tables: PluginTables): Promise<(mailboxId: string) => Standing> {
  const rows = await tables.query<Standing & { id: string }>(sql`
    select id, sum(aside)::int as "setAside", sum(copies)::int as "missingCopies", max(detail) as "copyDetail" from (
      select mailbox_id as id, 1 as aside, 0 as copies, '' as detail from mail_message
        where tenant_id = ${thisTenant} and state = 'unreadable' and discarded_at is null
      union all select mailbox_id, 1, 0, '' from mail_placement
        where tenant_id = ${thisTenant} and message_id is null and retry_at is null
      union all select mailbox_id, 0, 1, copy_detail from mail_outgoing
        where tenant_id = ${thisTenant} and copy_state = 'failed'
    ) as counted group by id`);
  const known = new Map(rows.map(({ id, ...standing }) => [id, standing]));
  return (mailboxId) => known.get(mailboxId) ?? nothing;
}
