import { type Kysely, sql } from 'kysely';
import { ConfigError } from '../contract/errors.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { seal, unseal } from './seal.ts';
import type { Keyring, SecretPlace } from './seal.ts';

export interface Rotation {
  /** How many values were encrypted anew with the current key. */
  readonly rotated: number;
  /** Values that could not be opened and stay as they are: they must be entered again. */
  readonly failed: readonly SecretPlace[];
}

/** Encrypted values per tenant and plugin. Members with an executor run inside the caller's transaction. */
export interface Secrets {
  readonly get: (place: SecretPlace, executor?: Executor) => Promise<string | undefined>;
  /** All values of a plugin for a tenant, by name. */
  readonly getAll: (tenantId: string, pluginId: string, executor?: Executor) => Promise<Record<string, string>>;
  readonly set: (place: SecretPlace, value: string, executor?: Executor) => Promise<void>;
  readonly delete: (place: SecretPlace, executor?: Executor) => Promise<void>;
  readonly names: (tenantId: string, pluginId: string, executor?: Executor) => Promise<string[]>;
  /** Encrypts everything with the current key. Afterwards HUB_KEY_PREVIOUS may go, if nothing failed. Safe to run at any time. */
  readonly rotate: () => Promise<Rotation>;
  /** @throws ConfigError when the hub was started with a key that opens none of the stored values */
  readonly assertKeys: () => Promise<void>;
}

export function createSecrets(db: Kysely<Tables>, keyring: Keyring): Secrets {
  return {
    get: async (place, executor = db) => {
      const row = await select(executor, place).executeTakeFirst();
      return row && unseal(keyring, place, row.sealed);
    },
    getAll: async (tenantId, pluginId, executor = db) => {
      const rows = await ofPlugin(executor, tenantId, pluginId).execute();
      return Object.fromEntries(
        rows.map(({ name, sealed }) => [name, unseal(keyring, { tenantId, pluginId, name }, sealed)]),
      );
    },
    set: async (place, value, executor = db) => {
      const sealed = seal(keyring, place, value);
      await executor
        .insertInto('secret')
        .values({ tenant_id: place.tenantId, plugin_id: place.pluginId, name: place.name, sealed })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'plugin_id', 'name']).doUpdateSet({ sealed, updated_at: new Date() }),
        )
        .execute();
    },
    delete: async ({ tenantId, pluginId, name }, executor = db) => {
      await executor
        .deleteFrom('secret')
        .where('tenant_id', '=', tenantId)
        .where('plugin_id', '=', pluginId)
        .where('name', '=', name)
        .execute();
    },
    names: async (tenantId, pluginId, executor = db) => {
      const rows = await ofPlugin(executor, tenantId, pluginId).execute();
      return rows.map(({ name }) => name);
    },
    rotate: () => rotate(db, keyring),
    assertKeys: () => assertKeys(db, keyring),
  };
}

function select(executor: Executor, { tenantId, pluginId, name }: SecretPlace) {
  return ofPlugin(executor, tenantId, pluginId).where('name', '=', name);
}

function ofPlugin(executor: Executor, tenantId: string, pluginId: string) {
  return executor
    .selectFrom('secret')
    .select(['name', 'sealed'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('name');
}

async function rotate(db: Kysely<Tables>, keyring: Keyring): Promise<Rotation> {
  const stale = await db
    .selectFrom('secret')
    .select(['tenant_id', 'plugin_id', 'name'])
    .where('sealed', 'not like', `1.${keyring.currentId}.%`)
    .execute();
  const failed: SecretPlace[] = [];
  for (const row of stale) {
    const place = { tenantId: row.tenant_id, pluginId: row.plugin_id, name: row.name };
    if (!(await resealOne(db, keyring, place))) failed.push(place);
  }
  return { rotated: stale.length - failed.length, failed };
}

/** Reads again under a lock: somebody may have entered a new value meanwhile. */
function resealOne(db: Kysely<Tables>, keyring: Keyring, place: SecretPlace): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const row = await select(transaction, place).forUpdate().executeTakeFirst();
    if (row === undefined) return true;
    const value = tryUnseal(keyring, place, row.sealed);
    if (value === undefined) return false;
    await transaction
      .updateTable('secret')
      .set({ sealed: seal(keyring, place, value), updated_at: new Date() })
      .where('tenant_id', '=', place.tenantId)
      .where('plugin_id', '=', place.pluginId)
      .where('name', '=', place.name)
      .execute();
    return true;
  });
}

function tryUnseal(keyring: Keyring, place: SecretPlace, sealed: string): string | undefined {
  try {
    return unseal(keyring, place, sealed);
  } catch {
    return undefined;
  }
}

/** Some values under a lost key are an annoyance to be repaired; all of them mean that the hub was started with another key. */
async function assertKeys(db: Kysely<Tables>, keyring: Keyring): Promise<void> {
  const keyOf = sql<string>`split_part(sealed, '.', 2)`;
  const used = await db.selectFrom('secret').select(keyOf.as('id')).distinct().execute();
  if (used.length === 0 || used.some(({ id }) => keyring.masters.has(id))) return;
  throw new ConfigError('HUB_KEY is not the key with which the secrets in this database were encrypted', {
    field: 'HUB_KEY',
    remedy: 'Set HUB_KEY to the key that was in use before, or put that one into HUB_KEY_PREVIOUS.',
  });
}
