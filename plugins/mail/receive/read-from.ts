import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/**
 * Has all folders of a mailbox looked through again, back to a moment: what is known is not fetched a second time, and what is not comes in.
 *
 * @returns how many folders
 */
export async function readFrom(tables: PluginTables, mailboxId: string, from: Date): Promise<number> {
  const rows = await tables.query(sql`
    update mail_folder set past_uid = next_uid, horizon = least(horizon, ${from}::timestamptz)
      where tenant_id = ${thisTenant} and mailbox_id = ${mailboxId}::uuid and left_at is null
      returning id`);
  return rows.length;
}
