import type { Queue } from '@switchboard/queue';
import { sql } from 'kysely';
import type { Crm } from '../crm/index.ts';
import type { Database } from '../store/database.ts';
import type { Readiness } from './app.ts';

type Part = Readiness['parts'][number];

const PATIENCE_MS = 3_000;
/** From here on jobs are late enough that an operator should look. */
const LATE_SECONDS = 60;

/**
 * Ready means: requests can be taken and nothing accepted is at risk. A Twenty that is down makes the hub degraded, not unready,
 * because everything waits safely in the outbox meanwhile.
 */
export function createReadiness({
  database,
  queue,
  crm,
}: {
  database: Database;
  queue: Queue;
  crm: Crm;
}): () => Promise<Readiness> {
  return async () => {
    const parts = await Promise.all([
      look('database', async () => {
        await sql`select 1`.execute(database.db);
        return { state: 'ok', detail: 'It answers.' };
      }),
      look('queue', async () => await queueState(queue)),
      look('crm', async () => await crmState(crm)),
    ]);
    return { ready: parts.every((part) => part.state !== 'failed'), parts };
  };
}

async function queueState(queue: Queue): Promise<Omit<Part, 'name'>> {
  const { backend, oldestDueSeconds } = await queue.stats();
  if (!backend.ok) return { state: 'failed', detail: backend.detail };
  const late = Math.max(...Object.values(oldestDueSeconds));
  if (late > LATE_SECONDS)
    return {
      state: 'degraded',
      detail: `The oldest due job waits for ${Math.round(late)} seconds; is a worker running?`,
    };
  return { state: 'ok', detail: `Jobs run (${backend.kind}).` };
}

async function crmState(crm: Crm): Promise<Omit<Part, 'name'>> {
  const { outboxDepth, outboxOldestSeconds, parked, unreachableTenants } = await crm.figures();
  if (unreachableTenants > 0 || outboxOldestSeconds > LATE_SECONDS) {
    return {
      state: 'degraded',
      detail: `${outboxDepth} writes wait for Twenty, the oldest for ${Math.round(outboxOldestSeconds)} seconds; ${unreachableTenants} tenants cannot reach theirs. Nothing is lost.`,
    };
  }
  if (parked > 0)
    return { state: 'degraded', detail: `Twenty refused ${parked} writes; see the parked writes of the tenants.` };
  return { state: 'ok', detail: `${outboxDepth} writes on their way.` };
}

/** A part that hangs is a part that failed. */
async function look(name: string, state: () => Promise<Omit<Part, 'name'>>): Promise<Part> {
  const late = new Promise<Omit<Part, 'name'>>((resolve) => {
    setTimeout(() => resolve({ state: 'failed', detail: 'It does not answer.' }), PATIENCE_MS).unref();
  });
  try {
    return { name, ...(await Promise.race([state(), late])) };
  } catch (error) {
    return { name, state: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
}
