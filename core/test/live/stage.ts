import { randomUUID } from 'node:crypto';
import { hubDatabase } from '@switchboard/testing';
import { type LiveChange } from '../../contract/index.ts';
import { createPublish } from '../../live/index.ts';
import { desk, topics } from './desk.ts';

/** The hub's database, and what a plugin does with it. */
export interface Stage {
  readonly database: Awaited<ReturnType<typeof hubDatabase>>;
  /** @returns the id of a tenant for which the desk is enabled */
  readonly newTenant: () => Promise<string>;
  /** One commit. */
  readonly show: (tenantId: string, ...changes: readonly LiveChange[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const publish = createPublish(topics);

export async function openStage(): Promise<Stage> {
  const database = await hubDatabase();
  const { db } = database;
  return {
    database,
    async newTenant() {
      const id = randomUUID();
      const place = { country: 'NL', time_zone: 'Europe/Amsterdam', locale: 'nl' };
      await db
        .insertInto('tenant')
        .values({ id, slug: `t-${id}`, name: 'Acme', ...place })
        .execute();
      const setting = { tenant_id: id, plugin_id: desk.id, state: 'enabled' as const, config: '{}' };
      await db.insertInto('plugin_setting').values(setting).execute();
      return id;
    },
    async show(tenantId, ...changes) {
      await db.transaction().execute(async (transaction) => {
        await publish(transaction, { tenantId, pluginId: desk.id }, changes);
      });
    },
    close: database.close,
  };
}
