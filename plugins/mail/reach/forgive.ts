import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** A bounce comes within minutes, seldom within hours: a mail of which nothing is heard for so long has arrived. */
const QUIET_MS = 86_400_000;

/** Takes back what is known against an address to which a later mail was delivered and did not come back. */
export async function forgiveDelivered(tables: PluginTables, now: Date): Promise<void> {
  await tables.query(sql`
    delete from mail_address_state held where held.tenant_id = ${thisTenant} and held.state <> 'do-not-mail' and exists (
      select from mail_transmission sent
      where sent.tenant_id = ${thisTenant} and sent.address = held.address and sent.state = 'accepted'
        and sent.bounced_at is null and sent.changed_at > held.last_at
        and sent.changed_at < ${new Date(now.getTime() - QUIET_MS)}
    )`);
}
