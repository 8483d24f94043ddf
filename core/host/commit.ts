import type { EnqueueInput, Queue } from '@switchboard/queue';
import type { Kysely, Transaction } from 'kysely';
import type { Changes, CrmWrite, EventInput } from '../contract/index.ts';
import { logNote } from '../deliveries/index.ts';
import { storeEvent } from '../events/index.ts';
import type { Tables } from '../store/tables.ts';
import { deliverEvent } from './core-jobs.ts';
import { applyFact } from './facts.ts';
import type { Registry } from './registry.ts';

/** Puts a tenant's CRM writes into the outbox, inside the caller's transaction. */
export type StageWrites = (
  transaction: Transaction<Tables>,
  tenantId: string,
  writes: readonly CrmWrite[],
) => Promise<void>;

/** The ids of the plugins that are enabled or paused for a tenant: those whose events must not be lost. */
export type ActivePlugins = (tenantId: string) => Promise<ReadonlySet<string>>;

interface CommitDeps {
  readonly db: Kysely<Tables>;
  readonly queue: Queue;
  readonly registry: Registry;
  readonly stageWrites: StageWrites;
  readonly activePlugins: ActivePlugins;
}

export interface Committer {
  /** Applies everything one step of a plugin changes in one transaction. */
  readonly commit: (tenantId: string, pluginId: string, changes: Changes) => Promise<void>;
  /** Stores an event and one job per subscribing plugin, inside the caller's transaction. */
  readonly announce: (transaction: Transaction<Tables>, tenantId: string, event: EventInput) => Promise<void>;
}

export function createCommitter({ db, queue, registry, stageWrites, activePlugins }: CommitDeps): Committer {
  async function announce(transaction: Transaction<Tables>, tenantId: string, event: EventInput): Promise<void> {
    const active = await activePlugins(tenantId);
    const subscribers = registry.plugins.filter(
      (plugin) => active.has(plugin.id) && plugin.events?.some((one) => one.type.name === event.type.name),
    );
    const eventId = await storeEvent(transaction, tenantId, event);
    if (eventId === undefined || subscribers.length === 0) return;
    const jobs = subscribers.map((plugin): EnqueueInput => ({
      type: deliverEvent,
      payload: { eventId, name: event.type.name },
      tenantId,
      owner: plugin.id,
      dedupeKey: eventId,
    }));
    await queue.enqueueMany(jobs, { transaction });
  }

  async function commit(tenantId: string, pluginId: string, changes: Changes): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      if (changes.writes?.length) await stageWrites(transaction, tenantId, changes.writes);
      for (const event of changes.events ?? []) await announce(transaction, tenantId, event);
      const jobs = (changes.jobs ?? []).map((job): EnqueueInput => ({ ...job, tenantId, owner: pluginId }));
      if (jobs.length > 0) await queue.enqueueMany(jobs, { transaction });
      for (const change of changes.store ?? []) await applyFact(transaction, { tenantId, pluginId }, change);
      for (const note of changes.notes ?? []) await logNote(transaction, tenantId, pluginId, note);
    });
  }

  return { commit, announce };
}
