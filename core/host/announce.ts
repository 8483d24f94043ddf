import type { EnqueueInput, Queue } from '@switchboard/queue';
import { type EventInput, recordCreated, recordDeleted, recordUpdated } from '../contract/index.ts';
import { storeEvents } from '../events/index.ts';
import type { Executor } from '../store/database.ts';
import { deliverEvent } from './core-jobs.ts';
import type { Registry } from './registry.ts';

interface AnnounceDeps {
  readonly queue: Queue;
  readonly registry: Registry;
  /** The ids of the plugins that are enabled or paused for a tenant: those whose events must not be lost. */
  readonly activePlugins: (tenantId: string, executor: Executor) => Promise<ReadonlySet<string>>;
}

/** Stores events and one job per subscribing plugin, inside the transaction of the state that the events report. */
export type Announce = (transaction: Executor, tenantId: string, events: readonly EventInput[]) => Promise<void>;

export function createAnnounce({ queue, registry, activePlugins }: AnnounceDeps): Announce {
  const subscribersOf = (name: string) =>
    registry.plugins.filter((plugin) => plugin.events?.some(({ type }) => type.name === name));

  return async (transaction, tenantId, events) => {
    const worthy = events.filter((event) => !isChatter(event) || subscribersOf(event.type.name).length > 0);
    const stored = await storeEvents(transaction, tenantId, worthy);
    const deliveries = stored.flatMap((event) => subscribersOf(event.name).map((plugin) => ({ ...event, plugin })));
    if (deliveries.length === 0) return;
    const active = await activePlugins(tenantId, transaction);
    const jobs = deliveries
      .filter(({ plugin }) => active.has(plugin.id))
      .map(({ id, name, plugin }): EnqueueInput => ({
        type: deliverEvent,
        payload: { eventId: id, name },
        tenantId,
        owner: plugin.id,
        dedupeKey: id,
      }));
    if (jobs.length > 0) await queue.enqueueMany(jobs, { transaction });
  };
}

/** Every change of every mirrored record is an event; while no plugin of this hub listens they are not worth a row. */
function isChatter(event: EventInput): boolean {
  return [recordCreated.name, recordUpdated.name, recordDeleted.name].includes(event.type.name);
}
