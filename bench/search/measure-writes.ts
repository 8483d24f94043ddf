import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { MirrorSpec } from '../../core/crm/mirror/declare.ts';
import { applyRows } from '../../core/crm/mirror/store.ts';
import type { Database } from '../../core/store/database.ts';
import { person, phoneCall } from './seed-desk.ts';

const ROWS = 20_000;
const PAGE = 1000;
const indexes = [
  'crm_record_calls_of_number',
  'crm_record_calls_of_agent',
  'crm_record_calls_missed',
  'crm_record_cases_of_assignee',
  'crm_record_messages_of_case',
  'crm_record_notes_of_case',
  'crm_key_phone_end',
];

/** CPU time of PostgreSQL for writing new people and calls, in microseconds a record: with the indexes of search and desk, and without. */
export async function measureWrites(database: Database, tenantId: string, specs: ReadonlyMap<string, MirrorSpec>) {
  const withIndexes = await writeAll(database, tenantId, specs, 1_000_000);
  for (const name of indexes) await database.pool.query(`drop index ${name}`);
  const without = await writeAll(database, tenantId, specs, 2_000_000);
  return { withIndexes, without };
}

async function writeAll({ db }: Database, tenantId: string, specs: ReadonlyMap<string, MirrorSpec>, from: number) {
  const figures: Record<string, number> = {};
  for (const [object, make] of [
    ['person', person],
    ['phoneCall', phoneCall],
  ] as const) {
    const target = { tenantId, country: 'NL', spec: specs.get(object)! };
    figures[object] = await db.connection().execute(async (connection) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
      const before = await cpuOf(rows[0]!.pid);
      for (let done = 0; done < ROWS; done += PAGE) {
        const page = Array.from({ length: PAGE }, (_, offset) => make(tenantId, from + done + offset));
        await connection.transaction().execute((transaction) => applyRows(transaction, target, page));
      }
      return Math.round(((await cpuOf(rows[0]!.pid)) - before) / ROWS);
    });
  }
  return figures;
}

/** Microseconds; the clock of Linux ticks a hundred times a second. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
