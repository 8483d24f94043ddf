import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { BouncedRecipient, BounceReason } from '../understand/understood.ts';

/** A recipient whom a mail did not reach, under the address that we wrote to. */
export type Bounced = { readonly address: string; readonly recipient: BouncedRecipient };

/** Reasons that are about the address. The others are about the mail or about us, and say nothing of the next one. */
const aboutTheAddress = new Set<BounceReason>(['user-unknown', 'host-unknown', 'suspended', 'moved', 'mailbox-full']);

/**
 * Notes what came back. A final failure of an address marks it at once; passing ones do when they have gone on for three days without a word
 * from there.
 */
export async function markBounced(
  tables: PluginTables,
  mailId: string,
  bounced: readonly Bounced[],
  at: Date,
): Promise<void> {
  const rows = bounced.map(({ address, recipient }) => ({
    address,
    reason: recipient.reason,
    code: recipient.code,
    text: recipient.text.slice(0, 500),
    permanent: recipient.permanent && recipient.reason !== 'mailbox-full',
    counts: !recipient.permanent || aboutTheAddress.has(recipient.reason),
  }));
  await tables.query(sql`
    update mail_transmission held set bounced_at = ${at}, bounce_reason = told.reason, code = told.code, answer = told.text
    from jsonb_to_recordset(${json(rows)}::jsonb) as told (address text, reason text, code text, text text)
    where held.tenant_id = ${thisTenant} and held.outgoing_id = ${mailId} and held.address = told.address
      and held.bounced_at is null
  `);
  await tables.query(sql`
    insert into mail_address_state as held (tenant_id, address, state, reason, code, first_at, last_at)
    select distinct on (address) ${thisTenant}::uuid, address,
      case when permanent then 'unreachable' else 'failing' end, reason, code, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${json(rows)}::jsonb) as told (address text, reason text, code text, permanent boolean, counts boolean)
    where counts
    on conflict (tenant_id, address) do update set
      state = case
        when held.state = 'do-not-mail' then held.state
        when excluded.state = 'unreachable' or excluded.last_at - held.first_at >= interval '3 days' then 'unreachable'
        else held.state end,
      reason = excluded.reason, code = excluded.code, last_at = greatest(held.last_at, excluded.last_at)
  `);
}

/** Somebody called our mail spam: there is no more of it to that address. */
export async function markUnwanted(tables: PluginTables, addresses: readonly string[], at: Date): Promise<void> {
  if (addresses.length === 0) return;
  await tables.query(sql`
    insert into mail_address_state (tenant_id, address, state, reason, first_at, last_at)
    select ${thisTenant}, address, 'do-not-mail', 'complaint', ${at}::timestamptz, ${at}::timestamptz
    from unnest(${[...addresses]}::text[]) as told (address)
    on conflict (tenant_id, address) do update set state = 'do-not-mail', reason = 'complaint', last_at = excluded.last_at
  `);
}

/**
 * Who writes can be written to.
 *
 * @returns the addresses of which something was known
 */
export async function unmark(tables: PluginTables, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const rows = await tables.query<{ address: string }>(sql`
    delete from mail_address_state
    where tenant_id = ${thisTenant} and address = any(${[...addresses]}::text[]) and state <> 'do-not-mail'
    returning address
  `);
  return rows.map(({ address }) => address);
}

/** Enhanced codes that say of the address that it does not exist (RFC 3463). */
const noSuchAddress = /^5\.1\.(1|2|3|6|10)$/;

/** What a server said at the door already counts as what it would have sent back. */
export async function markRefused(
  tables: PluginTables,
  refused: readonly { readonly address: string; readonly code: string }[],
  at: Date,
): Promise<void> {
  const rows = refused.filter(({ code }) => noSuchAddress.test(code));
  if (rows.length === 0) return;
  await tables.query(sql`
    insert into mail_address_state as held (tenant_id, address, state, reason, code, first_at, last_at)
    select distinct on (address) ${thisTenant}::uuid, address, 'unreachable',
      case code when '5.1.2' then 'host-unknown' when '5.1.6' then 'moved' else 'user-unknown' end, code,
      ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${json(rows)}::jsonb) as told (address text, code text)
    on conflict (tenant_id, address) do update set
      state = case when held.state = 'do-not-mail' then held.state else 'unreachable' end,
      reason = excluded.reason, code = excluded.code, last_at = greatest(held.last_at, excluded.last_at)
  `);
}
