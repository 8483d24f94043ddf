import type { EnqueueInput, Queue } from '@switchboard/queue';
import { type EventInput, recordCreated, recordDeleted, recordUpdated } from '../contract/index.ts';
import { storeEvent } from '../events/index.ts';
import type { Executor } from '../store/database.ts';
import { deliverEvent } from './core-jobs.ts';
import type { Registry } from './registry.ts';

interface AnnounceDeps {
  readonly queue: Queue;
  readonly registry: Registry;
  /** The ids of the plugins that are enabled or paused for a tenant: those whose events must not be lost. */
  readonly activePlugins: (tenantId: string, executor: Executor) => Promise<ReadonlySet<string>>;
}

/** Stores an event and one job per subscribing plugin, inside the transaction of the state that the event reports. */
export type Announce = (transaction: Executor, tenantId: string, event: EventInput) => Promise<void>;

export function createAnnounce({ queue, registry, activePlugins }: AnnounceDeps): Announce {
  return async (transaction, tenantId, event) => {
    const subscribers = registry.plugins.filter((plugin) =>
      plugin.events?.some((one) => one.type.name === event.type.name),
    );
    if (subscribers.length === 0 && isChatter(event)) return;
    const eventId = await storeEvent(transaction, tenantId, event);
    if (eventId === undefined || subscribers.length === 0) return;
    const active = await activePlugins(tenantId, transaction);
    const jobs = subscribers
      .filter((plugin) => active.has(plugin.id))
      .map((plugin): EnqueueInput => ({
        type: deliverEvent,
        payload: { eventId, name: event.type.name },
        tenantId,
        owner: plugin.id,
        dedupeKey: eventId,
      }));
    if (jobs.length > 0) await queue.enqueueMany(jobs, { transaction });
  };
}

/** Every change of every mirrored record is an event; while no plugin of this hub listens they are not worth a row. */
function isChatter(event: EventInput): boolean {
  return [recordCreated.name, recordUpdated.name, recordDeleted.name].includes(event.type.name);
}
