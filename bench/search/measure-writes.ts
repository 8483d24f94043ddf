import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { MirrorSpec } from '../../core/crm/mirror/declare.ts';
import { applyRows } from '../../core/crm/mirror/store.ts';
import type { Database } from '../../core/store/database.ts';
import { type DeskObject, deskRecords, type DeskWorld } from '../desk/records.ts';

const ROWS = 20_000;
const PAGE = 1000;
const ROUNDS = 2;
/** What search reads beside the table itself: words, ends of numbers, calls by their number. */
const indexes = ['crm_record_words', 'crm_key_phone_end', 'crm_record_calls_of_number'];
const written = ['person', 'phoneCall'] as const satisfies readonly DeskObject[];

type Specs = ReadonlyMap<string, MirrorSpec>;

/** Microseconds of processor time a record, of the hub and its part of PostgreSQL together. */
export type WriteCost = Readonly<Record<(typeof written)[number], number>>;

/** What new people and calls cost the mirror: with what search needs, and without. Twice in turns, because tables grow. */
export async function measureWrites(
  database: Database,
  world: DeskWorld,
  specs: Specs,
): Promise<{ readonly withSearch: WriteCost; readonly without: WriteCost }> {
  const { pool } = database;
  const { rows } = await pool.query<{ definition: string }>(
    'select indexdef as definition from pg_indexes where indexname = any($1)',
    [indexes],
  );
  const costs: { withSearch: WriteCost; without: WriteCost }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const withSearch = await writeAll(database, world, specs, (2 * round + 1) * 1_000_000);
    for (const name of indexes) await pool.query(`drop index ${name}`);
    costs.push({ withSearch, without: await writeAll(database, world, plain(specs), (2 * round + 2) * 1_000_000) });
    for (const { definition } of rows) await pool.query(definition);
  }
  return {
    withSearch: meanOf(costs.map(({ withSearch }) => withSearch)),
    without: meanOf(costs.map(({ without }) => without)),
  };
}

/** Of a hub in which nothing is searched. */
const plain = (specs: Specs): Specs => new Map([...specs].map(([object, spec]) => [object, { ...spec, search: [] }]));

const meanOf = (costs: readonly WriteCost[]): WriteCost => ({
  person: Math.round(costs.reduce((sum, { person }) => sum + person, 0) / costs.length),
  phoneCall: Math.round(costs.reduce((sum, { phoneCall }) => sum + phoneCall, 0) / costs.length),
});

async function writeAll(database: Database, world: DeskWorld, specs: Specs, from: number): Promise<WriteCost> {
  const figures: Record<string, number> = {};
  for (const object of written) figures[object] = await write(database, world, specs.get(object)!, from);
  return figures as WriteCost;
}

async function write({ db }: Database, world: DeskWorld, spec: MirrorSpec, from: number): Promise<number> {
  const make = deskRecords[spec.object as DeskObject];
  const target = { tenantId: world.tenantId, country: 'NL', spec };
  return await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
    const pid = rows[0]!.pid;
    let spent = 0;
    for (let done = 0; done < ROWS; done += PAGE) {
      const page = Array.from({ length: PAGE }, (_, offset) => make(world, from + done + offset));
      const before = await cpuOf(pid);
      await connection.transaction().execute((transaction) => applyRows(transaction, target, page));
      spent += (await cpuOf(pid)) - before;
    }
    return spent / ROWS;
  });
}

/** Of this process and that one, microseconds; the clock of Linux ticks a hundred times a second. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const { user, system } = process.cpuUsage();
  return user + system + (Number(fields[11]) + Number(fields[12])) * 10_000;
}
