import type { MirrorSpec } from '../../core/crm/mirror/declare.ts';
import { applyRows } from '../../core/crm/mirror/store.ts';
import type { Database } from '../../core/store/database.ts';
import { type DeskObject, deskRecords, type DeskWorld } from './records.ts';

const PAGE = 5000;

/** Fills the mirror of a workspace. Indexes that nothing here reads are made when all is there, which takes a fraction of the time. */
export async function fillDesk(
  database: Database,
  world: DeskWorld,
  specs: ReadonlyMap<string, MirrorSpec>,
): Promise<void> {
  const makeIndexes = await dropIndexes(database);
  for (const object of Object.keys(world.amounts) as DeskObject[]) {
    const startedAt = Date.now();
    const spec = specs.get(object);
    if (spec === undefined) throw new Error(`No plugin reads ${object}`);
    await fill(database, world, spec);
    console.error(`${world.amounts[object]} records of ${object} in ${secondsSince(startedAt)} s`);
  }
  const startedAt = Date.now();
  await makeIndexes();
  await database.pool.query('vacuum analyze crm_record, crm_key');
  console.error(`Indexes in ${secondsSince(startedAt)} s`);
}

const secondsSince = (startedAt: number): string => ((Date.now() - startedAt) / 1000).toFixed(1);

async function dropIndexes({ pool }: Database): Promise<() => Promise<void>> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select index.indexrelid::regclass::text as name, pg_get_indexdef(index.indexrelid) as definition
     from pg_index index where index.indrelid = 'crm_record'::regclass and not index.indisunique`,
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return async () => {
    for (const { definition } of rows) await pool.query(definition);
  };
}

async function fill(database: Database, world: DeskWorld, spec: MirrorSpec): Promise<void> {
  const object = spec.object as DeskObject;
  const put = spec.search.length + spec.phones.length + spec.emails.length > 0 ? putAsCopied : putPlain;
  for (let from = 0; from < world.amounts[object]; from += PAGE) {
    const size = Math.min(PAGE, world.amounts[object] - from);
    const rows = Array.from({ length: size }, (_, offset) => deskRecords[object](world, from + offset));
    await put(database, world, spec, rows);
  }
}

type Put = (
  database: Database,
  world: DeskWorld,
  spec: MirrorSpec,
  rows: readonly ReturnType<(typeof deskRecords)[DeskObject]>[],
) => Promise<void>;

/** Through the door of the copy: it knows which words and keys a record is found by. */
const putAsCopied: Put = async ({ db }, { tenantId }, spec, rows) => {
  await db.transaction().execute(async (transaction) => {
    await applyRows(transaction, { tenantId, country: 'NL', spec }, rows);
  });
};

/** What has neither words nor keys the copy would put like this. */
const putPlain: Put = async ({ pool }, { tenantId }, { object }, rows) => {
  await pool.query(
    `insert into crm_record (tenant_id, object, id, data, changed_at)
     select $1, $2, (data ->> 'id')::uuid, data, (data ->> 'updatedAt')::timestamptz
     from jsonb_array_elements($3::jsonb) as row (data)`,
    [tenantId, object, JSON.stringify(rows)],
  );
};
