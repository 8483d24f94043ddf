import { sql } from 'kysely';
import { type KeyValueStore, PayloadError, type StoreChange } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { createTogether } from '../store/together.ts';

const LONGEST_KEY = 512;
const LARGEST_VALUE = 256 * 1024;

interface Owner {
  readonly tenantId: string;
  readonly pluginId: string;
}

/** Questions that are asked at the same time are one statement. */
const MOST_TOGETHER = 200;

/** The key-value store of one plugin for one tenant. */
export function createFactStore(db: Executor, owner: Owner): KeyValueStore {
  const get = createTogether((keys: readonly string[]) => readValues(db, owner, keys), MOST_TOGETHER);
  const range = createTogether((ranges: readonly Range[]) => readRanges(db, owner, ranges), MOST_TOGETHER);

  return {
    get: (key) => get('', key),
    range: (from, to, limit = 100) => range('', { from, to, limit: Math.min(limit, 1000) }),
    async set(key, value, options) {
      await applyFacts(db, owner, [{ key, value, ...options }]);
    },
    async delete(key) {
      await applyFacts(db, owner, [{ key, value: undefined }]);
    },
  };
}

async function readValues(db: Executor, { tenantId, pluginId }: Owner, keys: readonly string[]): Promise<unknown[]> {
  const { rows } = await sql<{ key: string; value: unknown }>`${prepared}
    select key, value from plugin_fact
      where tenant_id = ${tenantId} and plugin_id = ${pluginId} and key = any(${keys}::text[])
        and (expires_at is null or expires_at > now())
  `.execute(db);
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  return keys.map((key) => values.get(key));
}

type Range = { readonly from: string; readonly to: string; readonly limit: number };

type Entry = { readonly key: string; readonly value: unknown };

async function readRanges(db: Executor, { tenantId, pluginId }: Owner, ranges: readonly Range[]): Promise<Entry[][]> {
  const { rows } = await sql<Entry & { readonly place: number }>`${prepared}
    select asked.place, found.key, found.value
      from unnest(
          ${ranges.map(({ from }) => from)}::text[], ${ranges.map(({ to }) => to)}::text[], ${ranges.map(({ limit }) => limit)}::int[])
        with ordinality as asked (from_key, to_key, most, place)
      cross join lateral (
        select key, value from plugin_fact
          where tenant_id = ${tenantId} and plugin_id = ${pluginId} and key >= asked.from_key and key < asked.to_key
            and (expires_at is null or expires_at > now())
          order by key limit asked.most) found
      order by asked.place, found.key
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place - 1);
  return ranges.map((_range, index) => (found.get(index) ?? []).map(({ key, value }) => ({ key, value })));
}

/** Writes and deletes facts: of changes of one key the last counts. */
export async function applyFacts(db: Executor, owner: Owner, changes: readonly StoreChange[]): Promise<void> {
  const last = new Map(changes.map((change) => [change.key, change]));
  // Rows are locked in the order of keys: commits that change the same ones must not wait for each other.
  const sorted = [...last.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const gone = sorted.filter(({ value }) => value === undefined);
  if (gone.length > 0) await remove(db, owner, gone);
  if (gone.length < sorted.length) await put(db, owner, sorted.filter(({ value }) => value !== undefined).map(toRow));
}

async function remove(db: Executor, { tenantId, pluginId }: Owner, changes: readonly StoreChange[]): Promise<void> {
  await sql`${prepared}
    delete from plugin_fact
      where tenant_id = ${tenantId} and plugin_id = ${pluginId} and key = any(${changes.map(({ key }) => key)}::text[])
  `.execute(db);
}

async function put(db: Executor, { tenantId, pluginId }: Owner, rows: readonly object[]): Promise<void> {
  await sql`${prepared}
    insert into plugin_fact (tenant_id, plugin_id, key, value, expires_at)
      select ${tenantId}::uuid, ${pluginId}, key, coalesce(value, 'null'), expires_at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (key text, value jsonb, expires_at timestamptz)
      on conflict (tenant_id, plugin_id, key) do update set value = excluded.value, expires_at = excluded.expires_at
  `.execute(db);
}

function toRow({ key, value, expiresAt }: StoreChange): object {
  if (key.length === 0 || key.length > LONGEST_KEY)
    throw new PayloadError(`A store key has 1 to ${LONGEST_KEY} characters`, { field: 'key' });
  if (JSON.stringify(value).length > LARGEST_VALUE)
    throw new PayloadError(`A store value has at most ${LARGEST_VALUE} bytes`, { field: 'value' });
  return { key, value, expires_at: expiresAt?.toISOString() ?? null };
}
