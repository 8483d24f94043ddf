import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { domainOf } from './address.ts';
import type { Arrived } from './arrived.ts';
import { type Ages, floodOf, LONGEST_WINDOW_MINUTES } from './flood.ts';

/** Enough to be over every cap; what comes beyond changes nothing. */
const MOST_COUNTED = 600;
const MINUTE_MS = 60_000;

/** Who wrote to our mailboxes lately, and who too much. */
export type Arrivals = {
  /** Counts the mail and tells why its sender is over a cap. Mails have to come in their order. */
  readonly count: (mail: Arrived) => string | undefined;
};

export async function recentArrivals(tables: PluginTables, mails: readonly Arrived[]): Promise<Arrivals> {
  const live = mails.filter(isCounted);
  const times = new Map<string, number[]>();
  if (live.length > 0) {
    for (const { mailboxId, who, at } of await earlier(tables, live)) push(times, `${mailboxId} ${who}`, at.getTime());
  }
  return {
    count(mail) {
      if (!isCounted(mail)) return undefined;
      const at = mail.receivedAt.getTime();
      const domain = domainOf(mail.fromAddress);
      const keys = { address: `${mail.mailboxId} ${mail.fromAddress}`, domain: `${mail.mailboxId} @${domain}` };
      const ages = (key: string) => (times.get(key) ?? []).map((one) => (at - one) / MINUTE_MS);
      const before: Ages = { address: ages(keys.address), domain: ages(keys.domain) };
      push(times, keys.address, at);
      push(times, keys.domain, at);
      return floodOf(before, domain);
    },
  };
}

function isCounted({ isOutgoing, isHistory, fromAddress }: Arrived): boolean {
  return !isOutgoing && !isHistory && fromAddress !== '';
}

function push(times: Map<string, number[]>, key: string, at: number): void {
  const held = times.get(key);
  if (held === undefined) times.set(key, [at]);
  else held.push(at);
}

async function earlier(tables: PluginTables, live: readonly Arrived[]) {
  const since = new Date(
    Math.min(...live.map(({ receivedAt }) => receivedAt.getTime())) - LONGEST_WINDOW_MINUTES * MINUTE_MS,
  );
  const pairs = live.map(({ mailboxId, fromAddress }) => ({
    mailboxId,
    address: fromAddress,
    domain: domainOf(fromAddress),
  }));
  const rows = json(pairs);
  return await tables.query<{ mailboxId: string; who: string; at: Date }>(sql`
    select asked."mailboxId", asked.address as who, arrival.at
    from (select distinct "mailboxId", address from jsonb_to_recordset(${rows}::jsonb) as pair ("mailboxId" uuid, address text)) asked
    cross join lateral (
      select at from mail_arrival where tenant_id = ${thisTenant} and mailbox_id = asked."mailboxId"
        and address = asked.address and at > ${since} order by at desc limit ${MOST_COUNTED}) arrival
    union all
    select asked."mailboxId", '@' || asked.domain, arrival.at
    from (select distinct "mailboxId", domain from jsonb_to_recordset(${rows}::jsonb) as pair ("mailboxId" uuid, domain text)) asked
    cross join lateral (
      select at from mail_arrival where tenant_id = ${thisTenant} and mailbox_id = asked."mailboxId"
        and domain = asked.domain and at > ${since} order by at desc limit ${MOST_COUNTED}) arrival
  `);
}

export async function addArrivals(tables: PluginTables, mails: readonly Arrived[]): Promise<void> {
  const rows = mails.filter(isCounted).map(({ id, mailboxId, fromAddress, receivedAt }) => ({
    id,
    mailboxId,
    address: fromAddress,
    domain: domainOf(fromAddress),
    at: receivedAt,
  }));
  if (rows.length === 0) return;
  await tables.query(sql`
    insert into mail_arrival (tenant_id, message_id, mailbox_id, address, domain, at)
    select ${thisTenant}, id, "mailboxId", address, domain, at
    from jsonb_to_recordset(${json(rows)}::jsonb)
      as row (id uuid, "mailboxId" uuid, address text, domain text, at timestamptz)
    on conflict do nothing
  `);
}

/** What no window reaches any more. */
export async function forgetArrivals(tables: PluginTables, before: Date): Promise<void> {
  await tables.query(sql`delete from mail_arrival where tenant_id = ${thisTenant} and at < ${before}`);
}
