import { type Kysely, sql } from 'kysely';
import type { Leases } from '../leases/leases.ts';
import type { LeaseTables } from '../leases/tables.ts';
import type { Instance } from './instances.ts';

/**
 * The live links of this process: plugins with `start`, one run per tenant over all processes of the hub, each under a lease.
 */
export interface Links {
  /** Starts what is enabled and not yet running here, ends what is not enabled any more or was configured anew. */
  readonly update: (tenantId: string, instances: readonly Instance[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface RunningLink {
  readonly instance: Instance;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function createLinks(leases: Leases): Links {
  const running = new Map<string, RunningLink>();
  const keyOf = (tenantId: string, instance: Instance) => `${prefixOf(tenantId)}${instance.plugin.id}`;

  async function end(key: string): Promise<void> {
    const link = running.get(key);
    running.delete(key);
    link?.controller.abort(new Error('the plugin was stopped'));
    await link?.ended;
  }

  function begin(key: string, instance: Instance): void {
    const controller = new AbortController();
    const ended = leases.hold(
      key,
      async (signal) => await instance.plugin.start?.(instance.context, signal),
      controller.signal,
    );
    running.set(key, { instance, controller, ended });
  }

  return {
    async update(tenantId, instances) {
      const wanted = new Map(
        instances
          .filter(({ plugin }) => plugin.start !== undefined)
          .map((instance) => [keyOf(tenantId, instance), instance]),
      );
      const stale = [...running].filter(
        ([key, link]) => key.startsWith(prefixOf(tenantId)) && wanted.get(key) !== link.instance,
      );
      await Promise.all(stale.map(async ([key]) => await end(key)));
      for (const [key, instance] of wanted) if (!running.has(key)) begin(key, instance);
    },
    async close() {
      await Promise.all([...running.keys()].map(end));
    },
  };
}

const prefixOf = (tenantId: string): string => `link/${tenantId}/`;

/** The plugins of a tenant whose live link some process of the hub holds. */
export async function heldLinks(db: Kysely<LeaseTables>, tenantId: string): Promise<ReadonlySet<string>> {
  const prefix = prefixOf(tenantId);
  const { rows } = await sql<{ name: string }>`
    select name from lease where starts_with(name, ${prefix}) and expires_at > now()
  `.execute(db);
  return new Set(rows.map(({ name }) => name.slice(prefix.length)));
}
