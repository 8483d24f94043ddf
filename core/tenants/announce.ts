import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';

/** Notifications on this channel carry the id of a tenant whose settings changed: throw away what was built from them. */
export const tenantChannel = 'switchboard_tenants';

/** Sent when the transaction commits; with a rollback nobody hears of it. */
export async function announceChange(transaction: Executor, tenantId: string): Promise<void> {
  await sql`select pg_notify(${tenantChannel}, ${tenantId})`.execute(transaction);
}
