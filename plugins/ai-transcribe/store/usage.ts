import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** Amounts are kept in millionths, so that sums stay exact. */
const MILLION = 1_000_000;

/** First day of the month, UTC. */
export function monthOf(now: number): string {
  return `${new Date(now).toISOString().slice(0, 7)}-01`;
}

export interface Spending {
  readonly month: string;
  readonly engine: string;
  readonly seconds: number;
  readonly cost: number;
}

/** Counts what a part will cost. @returns false when the month's budget does not allow it; then nothing is counted */
export async function spend(
  { query }: PluginTables,
  { month, engine, seconds, cost }: Spending,
  budget: number,
): Promise<boolean> {
  // The row of the engine is locked by the first statement, so that parts which go out together count one after the other.
  await query(sql`
    insert into ai_transcribe_usage (tenant_id, month, engine) values (${thisTenant}, ${month}, ${engine})
      on conflict (tenant_id, month, engine) do nothing`);
  const counted = await query(sql`
    update ai_transcribe_usage
      set seconds = seconds + ${seconds}, cost = cost + ${Math.ceil(cost * MILLION)}
      where tenant_id = ${thisTenant} and month = ${month} and engine = ${engine}
        and ${Math.ceil(cost * MILLION)} + (
          select sum(other.cost) from ai_transcribe_usage other where other.tenant_id = ${thisTenant} and other.month = ${month}
        ) <= ${Math.round(budget * MILLION)}
      returning cost`);
  return counted.length > 0;
}

/** @returns what a month has cost until now, by engine */
export async function spentIn(
  { query }: PluginTables,
  month: string,
): Promise<{ engine: string; seconds: number; cost: number }[]> {
  const rows = await query<{ engine: string; seconds: number; cost: string }>(sql`
    select engine, seconds, cost from ai_transcribe_usage
      where tenant_id = ${thisTenant} and month = ${month} order by engine`);
  return rows.map(({ engine, seconds, cost }) => ({ engine, seconds, cost: Number(cost) / MILLION }));
}
