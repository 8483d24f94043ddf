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
        .select(['key', 'value'])
        .where('key', '>=', from)
        .where('key', '<', to)
        .orderBy('key')
        .limit(Math.min(limit, 1000))
        .execute();
    },
    async set(key, value, options) {
      await applyFact(db, owner, { key, value, ...options });
    },
    async delete(key) {
      await applyFact(db, owner, { key, value: undefined });
    },
  };
}

/** Writes or deletes one fact. */
export async function applyFact(db: Executor, owner: Owner, change: StoreChange): Promise<void> {
  const { key } = change;
  if (change.value === undefined) {
    await db
      .deleteFrom('plugin_fact')
      .where('tenant_id', '=', owner.tenantId)
      .where('plugin_id', '=', owner.pluginId)
      .where('key', '=', key)
      .execute();
    return;
  }
  const value = JSON.stringify(change.value);
  if (key.length === 0 || key.length > LONGEST_KEY)
    throw new PayloadError(`A store key has 1 to ${LONGEST_KEY} characters`, { field: 'key' });
  if (value.length > LARGEST_VALUE)
    throw new PayloadError(`A store value has at most ${LARGEST_VALUE} bytes`, { field: 'value' });
  const expires_at = change.expiresAt ?? null;
  await db
    .insertInto('plugin_fact')
    .values({ tenant_id: owner.tenantId, plugin_id: owner.pluginId, key, value, expires_at })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'plugin_id', 'key']).doUpdateSet({ value, expires_at }))
    .execute();
}
