import type { PanelHealth } from '@switchboard/crm/panel';
import { sql } from 'kysely';
import type { SessionReport } from '../crm/index.ts';
import type { Executor } from '../store/database.ts';

/** The poll comes every two minutes; twice that and a little, and something keeps it from coming. */
const COPY_IS_LATE_MS = 5 * 60_000;
/** Twenty takes a write within seconds, a busy hour of bulk work excepted. */
const WRITES_ARE_LATE_MS = 2 * 60_000;
/** Nobody needs a larger number, and counting on would take its time. */
const COUNTED_UP_TO = 100;

type Facts = {
  readonly now: Date;
  readonly isHeld: boolean;
  readonly report: SessionReport | null;
  readonly parked: number;
  readonly oldestWrite: Date | null;
  /** Of the objects that are read, those whose copy was begun. */
  readonly objects: number;
  readonly copying: number;
  readonly copied: number;
  readonly total: number;
  readonly freshUntil: Date | null;
};

/** Whether what the mirror shows of these objects can be believed, one line per thing that has to work. */
export async function readHealth(
  db: Executor,
  tenantId: string,
  objects: readonly string[],
): Promise<readonly PanelHealth[]> {
  const facts = await readFacts(db, tenantId, objects);
  return [connectionOf(facts), copyOf(facts, objects.length), writesOf(facts), refusedOf(facts)];
}

async function readFacts(db: Executor, tenantId: string, objects: readonly string[]): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select now(),
      exists (select from lease where name = ${`crm/${tenantId}`} and expires_at > now()) as "isHeld",
      (select report from crm_session where tenant_id = ${tenantId}) as report,
      (select count(*)::integer from (
        select from crm_outbox where tenant_id = ${tenantId} and state = 'parked' limit ${COUNTED_UP_TO}
      ) refused) as parked,
      (select min(staged_at) from (
        select (
          select staged_at from crm_outbox
          where tenant_id = ${tenantId} and state = 'pending' and crm_outbox.lane = lane.lane order by seq limit 1
        ) as staged_at from unnest(array[0, 1, 2]) as lane
      ) waiting) as "oldestWrite",
      sync.*
    from (
      select count(*)::integer as objects, count(*) filter (where copied_at is null)::integer as copying,
        coalesce(sum(copied), 0)::integer as copied, coalesce(sum(total), 0)::integer as total,
        min(watermark) as "freshUntil"
      from crm_sync where tenant_id = ${tenantId} and object = any(${objects}::text[])
    ) sync
  `.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new Error('An aggregate gave no row');
  return facts;
}

function connectionOf({ isHeld, report }: Facts): PanelHealth {
  const topic = 'connection';
  if (!isHeld || report === null) return { topic, state: 'failed', code: 'stopped' };
  const { apiKey, application } = report.credentials;
  if (apiKey !== 'ok' && application !== 'ok') return { topic, state: 'failed', code: 'refused' };
  if (report.state === 'resting' || report.breaker.failures > 0) return { topic, state: 'failed', code: 'unreachable' };
  return { topic, state: 'ok', code: 'connected' };
}

function copyOf({ now, objects, copying, copied, total, freshUntil }: Facts, wanted: number): PanelHealth {
  const topic = 'copy';
  if (copying > 0) {
    const percent = total === 0 ? 0 : Math.min(99, Math.floor((copied / total) * 100));
    return { topic, state: 'warning', code: 'copying', percent };
  }
  if (objects < wanted || freshUntil === null) return { topic, state: 'warning', code: 'missing' };
  const at = freshUntil.toISOString();
  const isLate = now.getTime() - freshUntil.getTime() > COPY_IS_LATE_MS;
  return isLate ? { topic, state: 'warning', code: 'behind', at } : { topic, state: 'ok', code: 'fresh', at };
}

function writesOf({ now, oldestWrite }: Facts): PanelHealth {
  const topic = 'writes';
  if (oldestWrite === null || now.getTime() - oldestWrite.getTime() <= WRITES_ARE_LATE_MS) {
    return { topic, state: 'ok', code: 'sent' };
  }
  return { topic, state: 'warning', code: 'behind', at: oldestWrite.toISOString() };
}

function refusedOf({ parked }: Facts): PanelHealth {
  const topic = 'refused';
  return parked === 0 ? { topic, state: 'ok', code: 'none' } : { topic, state: 'warning', code: 'some', count: parked };
}
