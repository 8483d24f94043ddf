import { type Handler, type Job, type JobOutcome, QueueError } from '@switchboard/queue';
import type { Kysely } from 'kysely';
import { NotFoundError, PostponedError, SwitchboardError } from '../contract/index.ts';
import { logOutcome, readArrival } from '../deliveries/index.ts';
import { readEvent } from '../events/index.ts';
import type { Tables } from '../store/tables.ts';
import { deliverEvent, receiveDelivery } from './core-jobs.ts';
import type { Instance, Instances } from './instances.ts';
import type { Registry } from './registry.ts';

interface HandlerDeps {
  readonly db: Kysely<Tables>;
  readonly registry: Registry;
  readonly instances: Instances;
  readonly isSuspended: (tenantId: string) => Promise<boolean>;
}

/** How often the work of a suspended tenant asks whether it may go on. */
const LOOK_AGAIN_MS = 300_000;

/** Finds what runs a job: the plugin that owns it, with the context of the job's tenant. */
export function createResolver({
  db,
  registry,
  instances,
  isSuspended,
}: HandlerDeps): (job: Job) => Handler | undefined {
  async function instanceOf(job: Job): Promise<{ instance: Instance; tenantId: string }> {
    const tenantId = job.tenantId ?? '';
    const instance = await instances.get(tenantId, job.owner);
    if (instance !== undefined) return { instance, tenantId };
    if (await isSuspended(tenantId)) throw new PostponedError('The tenant is suspended', LOOK_AGAIN_MS);
    throw new NotFoundError(`The plugin ${job.owner} is not enabled for this tenant`, {
      remedy: 'Enable the plugin, then run the job again from the dead letters, or discard it.',
    });
  }

  const receive: Handler = {
    type: receiveDelivery,
    async run({ job, payload, signal }) {
      const { instance, tenantId } = await instanceOf(job);
      const { inboxId, webhook: name } = receiveDelivery.payload.parse(payload);
      const delivery = await readArrival(db, tenantId, inboxId);
      const webhook = instance.plugin.webhooks?.find((one) => one.name === name);
      if (webhook === undefined) throw new NotFoundError(`The plugin ${job.owner} has no webhook ${name}`);
      await webhook.receive(instance.context, delivery, signal);
      await logOutcome(db, inboxId, { result: 'done', summary: 'Worked on.' });
    },
  };

  const deliver: Handler = {
    type: deliverEvent,
    async run({ job, payload, signal }) {
      const { instance, tenantId } = await instanceOf(job);
      const { eventId } = deliverEvent.payload.parse(payload);
      const event = await readEvent(db, tenantId, eventId);
      for (const subscription of instance.plugin.events ?? []) {
        if (subscription.type.name === event.name) await subscription.handle(instance.context, event as never, signal);
      }
    },
  };

  function pluginHandler(job: Job): Handler | undefined {
    const own = registry.find(job.owner)?.jobs?.find((one) => one.type.name === job.type);
    if (own === undefined) return undefined;
    return {
      type: own.type,
      async run({ job: row, payload, attempt, signal }) {
        const { instance } = await instanceOf(row);
        await own.run(instance.context, payload as never, { id: row.id, attempt, signal });
      },
    };
  }

  return (job) => {
    if (job.type === receiveDelivery.name) return receive;
    if (job.type === deliverEvent.name) return deliver;
    return pluginHandler(job);
  };
}

/** Writes what came of an inbox delivery's job into the delivery log. */
export async function logJobOutcome(db: Kysely<Tables>, { job, kind, error }: JobOutcome): Promise<void> {
  if (job.type !== receiveDelivery.name || kind === 'done' || kind === 'returned') return;
  const { data: named } = receiveDelivery.payload.safeParse(job.payload);
  // Whoever edited the job before it was replayed may have taken out which delivery it is about.
  if (named === undefined) return;
  // Only our own errors promise a message without secrets.
  const known = error instanceof SwitchboardError || error instanceof QueueError ? error : undefined;
  await logOutcome(db, named.inboxId, {
    result: kind === 'dead' && known?.code === 'payload' ? 'rejected' : 'failed',
    summary: known?.message ?? 'It failed unexpectedly; the log of the hub has the details.',
    errorCode: known?.code ?? 'internal',
    ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
  });
}
