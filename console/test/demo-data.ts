import { randomUUID } from 'node:crypto';
import type { TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';

const minute = 60_000;
const hour = 60 * minute;

const lines = [
  ['done', 'journal', 'Call of +44 20 7946 0123 with Robin Example, 4:07: Harbour Housing, Pier 4'],
  ['done', 'lookup', '+44 7700 900456 is Pat Example of Example Works'],
  ['done', 'journal', 'Missed call of +31 20 123 4567 after 38 s in the queue Service'],
  ['rejected', 'journal', 'The time of the call cannot be read: "23-11-2026 9.15"'],
  ['done', 'journal', 'Call to +49 30 23125 118, 1:52: Northern Lifts, Depot Berlin'],
  ['waiting', 'journal', 'Stored.'],
  ['failed', 'recording', 'The recording of call 00000AF3 could not be fetched'],
  ['done', 'lookup', '+44 20 7946 0188 is unknown; three candidates by name'],
  ['ignored', 'journal', 'An internal call between 201 and 214: not recorded, as set'],
] as const;

/** A working day in the log: fictional people, numbers of the ranges that are reserved for that. */
export async function tellOfADay({ hub, tenantId }: Pick<TestHub, 'hub' | 'tenantId'>): Promise<void> {
  const { db } = hub.database;
  for (let index = 0; index < 64; index += 1) {
    const [result, kind, summary] = lines[index % lines.length]!;
    const at = new Date(Date.now() - index * 17 * minute - (index % 5) * 3 * minute);
    const remedy =
      result === 'rejected'
        ? 'Set "Date evaluation of 3CX" to 2, install the template again, then run this once more.'
        : null;
    const errorCode = result === 'rejected' ? 'payload' : result === 'failed' ? 'upstream' : null;
    await sql`
      insert into delivery (id, tenant_id, plugin_id, direction, kind, result, summary, error_code, remedy, record_id, created_at, updated_at)
      values (${randomUUID()}, ${tenantId}, 'threecx', 'in', ${kind}, ${result}, ${summary}, ${errorCode}, ${remedy},
        ${result === 'done' ? randomUUID() : null}, ${at}, ${at})
    `.execute(db);
  }
  await giveUp(
    db,
    tenantId,
    'threecx.take-recording',
    { callId: '00000AF3', recordingId: 8121 },
    'upstream',
    '3CX answered 503 for recording 8121',
    'Look whether the PBX is running, then run this again.',
    3 * hour,
  );
  await giveUp(
    db,
    tenantId,
    'core.receive',
    { inboxId: randomUUID(), webhook: 'report-call' },
    'payload',
    'body.startUtc: is no time',
    'Correct the time, or set "Date evaluation of 3CX" to 2.',
    7 * hour,
  );
}

async function giveUp(
  db: TestHub['hub']['database']['db'],
  tenantId: string,
  type: string,
  payload: object,
  code: string,
  message: string,
  remedy: string,
  agoMs: number,
): Promise<void> {
  const at = new Date(Date.now() - agoMs);
  await sql`
    insert into job (tenant_id, owner, type, lane, payload, dedupe_key, dedupe_hash, dedupe_forever, state, attempts, max_attempts, run_at,
      first_started_at, finished_at, error_code, error_message, error_remedy)
    values (${tenantId}, 'threecx', ${type}, 'normal', ${JSON.stringify(payload)}::jsonb, ${randomUUID()}, ${randomUUID()}, true, 'dead', 12, 12,
      ${at}, ${at}, ${at}, ${code}, ${message}, ${remedy})
  `.execute(db);
}
