import { sql } from 'kysely';
import { type KeyValueStore, PayloadError, type StoreChange } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';

const LONGEST_KEY = 512;
const LARGEST_VALUE = 256 * 1024;

interface Owner {
  readonly tenantId: string;
  readonly pluginId: string;
}

/** The key-value store of one plugin for one tenant. */
export function createFactStore(db: Executor, owner: Owner): KeyValueStore {
  const mine = () =>
    db
      .selectFrom('plugin_fact')
      .where('tenant_id', '=', owner.tenantId)
      .where('plugin_id', '=', owner.pluginId)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]));

  return {
    async get(key) {
      const row = await mine().modifyFront(prepared).select('value').where('key', '=', key).executeTakeFirst();
      return row?.value;
    },
    async range(from, to, limit = 100) {
      return await mine()
        .modifyFront(prepared)
        .select(['key', 'value'])
        .where('key', '>=', from)
        .where('key', '<', to)
        .orderBy('key')
        .limit(Math.min(limit, 1000))
        .execute();
    },
    async set(key, value, options) {
      await applyFacts(db, owner, [{ key, value, ...options }]);
    },
    async delete(key) {
      await applyFacts(db, owner, [{ key, value: undefined }]);
    },
  };
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
