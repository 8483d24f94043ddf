import { type PluginTables, RateLimitedError, sql, thisTenant } from '@switchboard/core/contract';
import type { Mailbox } from './context.ts';

/** So many may go one right after another before the even pace begins. */
const BURST = 5;

/**
 * Takes a turn of the mailbox, for all processes of the hub.
 *
 * @throws RateLimitedError with the time until the next turn
 */
export async function takeTurn(tables: PluginTables, { id, rules }: Mailbox, now: Date): Promise<void> {
  const step = 60_000 / Math.max(1, rules.perMinute - BURST);
  const latest = new Date(now.getTime() + (Math.min(BURST, rules.perMinute) - 1) * step);
  const [row] = await tables.query<{ taken: boolean; nextAt: Date }>(sql`
    insert into mail_pace as pace (tenant_id, mailbox_id, next_at)
    values (${thisTenant}, ${id}, ${new Date(now.getTime() + step)})
    on conflict (tenant_id, mailbox_id) do update
      set next_at = greatest(pace.next_at, ${now}::timestamptz) + ${step} * interval '1 millisecond'
      where pace.next_at <= ${latest}::timestamptz
    returning true as taken, next_at as "nextAt"
  `);
  if (row !== undefined) return;
  const [busy] = await tables.query<{ nextAt: Date }>(sql`
    select next_at as "nextAt" from mail_pace where tenant_id = ${thisTenant} and mailbox_id = ${id}
  `);
  const afterMs = Math.max(1000, (busy?.nextAt ?? now).getTime() - latest.getTime());
  throw new RateLimitedError('The mailbox sends as fast as its provider allows', Math.ceil(afterMs));
}
