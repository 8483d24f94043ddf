import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** Amounts are kept in millionths, so that sums stay exact. */
const MILLION = 1_000_000;

/** First day of the month, UTC. */
export function monthOf(now: number): string {
  return `${new Date(now).toISOString().slice(0, 7)}-01`;
}

/** What one request to an engine costs. */
export interface Spending {
  readonly engine: string;
  readonly seconds: number;
  readonly cost: number;
}

/**
 * Counts what a request will cost, before it goes out. What costs nothing is counted and always allowed.
 *
 * @returns false when the month's budget does not allow it; then nothing is counted
 */
export async function spend(
  { query }: PluginTables,
  { engine, seconds, cost }: Spending,
  { budget, now }: { readonly budget: number; readonly now: number },
): Promise<boolean> {
  const [amount, month, day] = [Math.ceil(cost * MILLION), monthOf(now), new Date(now).toISOString().slice(0, 10)];
  const most = Math.round(budget * MILLION);
  // The sum is one row: a request that comes at the same time waits for it and finds the sum as it is then.
  const counted = await query(sql`
    with allowed as (
      insert into ai_transcribe_spent as known (tenant_id, month, cost)
        select ${thisTenant}, ${month}::date, ${amount}::bigint where ${amount}::bigint = 0 or ${amount}::bigint <= ${most}::bigint
        on conflict (tenant_id, month) do update set cost = known.cost + excluded.cost
          where excluded.cost = 0 or known.cost + excluded.cost <= ${most}::bigint
        returning 1
    )
    insert into ai_transcribe_usage as known (tenant_id, day, engine, seconds, cost, requests)
      select ${thisTenant}, ${day}::date, ${engine}, ${seconds}::double precision, ${amount}::bigint, 1 from allowed
      on conflict (tenant_id, day, engine) do update
        set seconds = known.seconds + excluded.seconds, cost = known.cost + excluded.cost,
            requests = known.requests + excluded.requests
      returning 1`);
  return counted.length > 0;
}

/** Corrects what was counted for a request by the difference to what it did cost. */
export async function settle(
  { query }: PluginTables,
  { engine, cost }: Pick<Spending, 'engine' | 'cost'>,
  now: number,
): Promise<void> {
  const amount = Math.round(cost * MILLION);
  await query(sql`
    with month as (
      update ai_transcribe_spent set cost = greatest(0, cost + ${amount}::bigint)
        where tenant_id = ${thisTenant} and month = ${monthOf(now)}::date
    )
    update ai_transcribe_usage set cost = greatest(0, cost + ${amount}::bigint)
      where tenant_id = ${thisTenant} and day = ${new Date(now).toISOString().slice(0, 10)}::date and engine = ${engine}`);
}

/** @returns what a month has cost until now */
export async function spentIn({ query }: PluginTables, month: string): Promise<number> {
  const [row] = await query<{ cost: string }>(
    sql`select cost from ai_transcribe_spent where tenant_id = ${thisTenant} and month = ${month}`,
  );
  return Number(row?.cost ?? 0) / MILLION;
}

/** What an engine did in a day or a month. */
export interface Usage extends Spending {
  /** The day, or the first one of the month, UTC. */
  readonly on: string;
  readonly requests: number;
}

/** @returns what engines did from that day on, by day or by month, the newest first */
export async function usageSince({ query }: PluginTables, since: string, by: 'day' | 'month'): Promise<Usage[]> {
  const rows = await query<Omit<Usage, 'cost'> & { cost: string }>(sql`
    select to_char(date_trunc(${by}::text, day::timestamp), 'YYYY-MM-DD') as on, engine, sum(seconds) as seconds,
        sum(cost)::text as cost, sum(requests)::int as requests
      from ai_transcribe_usage where tenant_id = ${thisTenant} and day >= ${since}::date
      group by 1, engine order by 1 desc, engine`);
  return rows.map(({ cost, ...row }) => ({ ...row, cost: Number(cost) / MILLION }));
}
