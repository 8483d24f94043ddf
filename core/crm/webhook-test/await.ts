import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import { readTest, wantTest } from './state.ts';

/** Three tries of ten seconds, and some for the session to notice. */
const patienceMs = 45_000;

/** Has the tenant's session test the way back, and waits for the result. Where no session runs there is nobody to wait for. */
export async function awaitTest(db: Executor, tenantId: string, signal: AbortSignal): Promise<void> {
  if (!(await hasSession(db, tenantId))) return;
  await wantTest(db, tenantId);
  const until = Date.now() + patienceMs;
  while (Date.now() < until && (await readTest(db, tenantId))?.state === 'under way') {
    await delay(250, undefined, { signal });
  }
}

/** Whether some worker of the hub works for the tenant now. */
export async function hasSession(db: Executor, tenantId: string): Promise<boolean> {
  const { rows } = await sql`select from lease where name = ${`crm/${tenantId}`} and expires_at > now()`.execute(db);
  return rows.length > 0;
}
