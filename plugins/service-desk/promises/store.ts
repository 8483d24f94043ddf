import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { HoursName } from './calendar.ts';
import { type ClockKind, nextAt, type PromiseClock } from './clock.ts';

interface Row {
  readonly kind: ClockKind;
  readonly target: number;
  readonly spent: number;
  readonly hours: HoursName;
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
  readonly brokenAt: Date | null;
  readonly metAt: Date | null;
}

export async function clocksOf(tables: PluginTables, caseId: string): Promise<PromiseClock[]> {
  const rows = await tables.query<Row>(sql`
    select kind, target, spent, hours, since, due_at as "dueAt", warn_at as "warnAt", warned_at as "warnedAt",
      broken_at as "brokenAt", met_at as "metAt"
    from service_desk_clock where tenant_id = ${thisTenant} and case_id = ${caseId} order by kind desc`);
  return rows.map(({ since, dueAt, warnAt, warnedAt, brokenAt, metAt, ...row }) => ({
    ...row,
    since: moment(since),
    dueAt: moment(dueAt),
    warnAt: moment(warnAt),
    warnedAt: moment(warnedAt),
    brokenAt: moment(brokenAt),
    metAt: moment(metAt),
  }));
}

/** Whoever keeps a clock holds the lock of its case. */
export async function keepClock(tables: PluginTables, caseId: string, clock: PromiseClock): Promise<void> {
  const { kind, target, spent, hours, since, dueAt, warnAt, warnedAt, brokenAt, metAt } = clock;
  await tables.query(sql`
    insert into service_desk_clock (tenant_id, case_id, kind, target, spent, hours, since, due_at, warn_at, warned_at,
      broken_at, met_at, next_at)
    values (${thisTenant}, ${caseId}, ${kind}, ${target}, ${spent}, ${json(hours)}::jsonb, ${date(since)},
      ${date(dueAt)}, ${date(warnAt)}, ${date(warnedAt)}, ${date(brokenAt)}, ${date(metAt)}, ${date(nextAt(clock))})
    on conflict (tenant_id, case_id, kind) do update set target = excluded.target, spent = excluded.spent,
      hours = excluded.hours, since = excluded.since, due_at = excluded.due_at, warn_at = excluded.warn_at,
      warned_at = excluded.warned_at, broken_at = excluded.broken_at, met_at = excluded.met_at,
      next_at = excluded.next_at`);
}

/** A promise that is none any more. */
export async function dropClock(tables: PluginTables, caseId: string, kind: ClockKind): Promise<void> {
  await tables.query(sql`
    delete from service_desk_clock where tenant_id = ${thisTenant} and case_id = ${caseId} and kind = ${kind}`);
}

/** Of a case that is gone. */
export async function dropClocks(tables: PluginTables, caseId: string): Promise<void> {
  await tables.query(sql`delete from service_desk_clock where tenant_id = ${thisTenant} and case_id = ${caseId}`);
}

/** Cases of which there is something to tell by now, the longest overdue first. */
export async function casesDue(tables: PluginTables, now: Date, most: number): Promise<string[]> {
  const rows = await tables.query<{ caseId: string }>(sql`
    select case_id as "caseId" from service_desk_clock
    where tenant_id = ${thisTenant} and next_at <= ${now} order by next_at limit ${most}`);
  return [...new Set(rows.map(({ caseId }) => caseId))];
}

/** The case is not in the mirror just now: later. */
export async function lookAgain(tables: PluginTables, caseId: string, now: Date): Promise<void> {
  await tables.query(sql`
    update service_desk_clock set next_at = ${new Date(now.getTime() + LATER_MS)}
    where tenant_id = ${thisTenant} and case_id = ${caseId} and next_at is not null`);
}

const LATER_MS = 3_600_000;

const moment = (at: Date | null): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));
