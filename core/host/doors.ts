import type { EnqueueInput, Queue } from '@switchboard/queue';
import type { Kysely } from 'kysely';
import {
  type MemberRequest,
  NotFoundError,
  type RawRequest,
  type Reply,
  type Route,
  UnauthorizedError,
  type Webhook,
} from '../contract/index.ts';
import { lacking } from '../auth/caller.ts';
import { logArrival, storeArrival } from '../deliveries/index.ts';
import type { Tables } from '../store/tables.ts';
import { receiveDelivery } from './core-jobs.ts';
import type { AnyContext, Instance } from './instances.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024;
/** Of a body that is too large, this much is kept for the operator to see what it was. */
const KEPT_OF_OVERSIZED = 4096;

interface DoorDeps {
  readonly db: Kysely<Tables>;
  readonly queue: Queue;
}

/** Calls the door of a plugin that a request is for. */
export interface Doors {
  /**
   * @param audience `vendor` for the public doors, `operator` behind the hub's own authentication
   * @param may what the member may do who comes to a door of operators; undefined for the operator
   * @throws NotFoundError for an unknown path, UnauthorizedError when `verify` refuses, ForbiddenError when the member lacks what the route needs
   */
  readonly call: (
    instance: Instance,
    audience: 'vendor' | 'operator',
    request: RawRequest,
    signal: AbortSignal,
    may?: MemberRequest['may'],
  ) => Promise<Reply>;
  /** For a member who is known already. @throws NotFoundError for an unknown path; ForbiddenError when the role lacks what the route needs */
  readonly callForMember: (instance: Instance, request: MemberRequest, signal: AbortSignal) => Promise<Reply>;
}

export function createDoors({ db, queue }: DoorDeps): Doors {
  async function callWebhook(instance: Instance, webhook: Webhook<AnyContext>, request: RawRequest): Promise<Reply> {
    if (!(await webhook.verify(instance.context, request))) throw refused();
    const maxBytes = webhook.maxBytes ?? DEFAULT_MAX_BYTES;
    const stored =
      request.body.length > maxBytes
        ? await storeOversized(instance, webhook, request, maxBytes)
        : await store(instance, webhook, request);
    return webhook.reply?.(request, stored) ?? { body: { accepted: stored !== 'rejected' } };
  }

  async function store(
    instance: Instance,
    webhook: Webhook<AnyContext>,
    request: RawRequest,
  ): Promise<'new' | 'duplicate'> {
    const tenantId = instance.context.tenant.id;
    const pluginId = instance.plugin.id;
    return await db.transaction().execute(async (transaction) => {
      const deliveryKey = webhook.deliveryKey(request);
      const { id, isNew } = await storeArrival(transaction, {
        tenantId,
        pluginId,
        webhook: webhook.name,
        deliveryKey,
        request,
      });
      if (!isNew) return 'duplicate';
      const serialKey = webhook.serialize?.(request);
      const job = await queue.enqueue(
        receiveJob(instance, { inboxId: id, webhook: webhook.name, ...(serialKey === undefined ? {} : { serialKey }) }),
        { transaction },
      );
      await logArrival(transaction, {
        tenantId,
        pluginId,
        kind: webhook.name,
        inboxId: id,
        jobId: job.id,
        result: 'waiting',
        summary: 'Stored.',
      });
      return 'new';
    });
  }

  async function storeOversized(
    instance: Instance,
    webhook: Webhook<AnyContext>,
    request: RawRequest,
    maxBytes: number,
  ) {
    const tenantId = instance.context.tenant.id;
    const pluginId = instance.plugin.id;
    const head = { ...request, body: request.body.subarray(0, KEPT_OF_OVERSIZED) };
    await db.transaction().execute(async (transaction) => {
      const deliveryKey = `oversized ${request.body.length} ${head.body.toString('latin1')}`;
      const { id } = await storeArrival(transaction, {
        tenantId,
        pluginId,
        webhook: webhook.name,
        deliveryKey,
        request: head,
      });
      await logArrival(transaction, {
        tenantId,
        pluginId,
        kind: webhook.name,
        inboxId: id,
        result: 'rejected',
        summary: `The body has ${request.body.length} bytes; at most ${maxBytes} are accepted. Its beginning is kept.`,
        remedy: 'Have the sender deliver less at once.',
      });
    });
    return 'rejected' as const;
  }

  async function callRoute(
    instance: Instance,
    route: Route<AnyContext>,
    request: RawRequest,
    signal: AbortSignal,
  ): Promise<Reply> {
    const allowed = route.audience === 'operator' || (await route.verify?.(instance.context, request)) === true;
    if (!allowed) throw refused();
    return await route.handle(instance.context, request, signal);
  }

  return {
    async call(instance, audience, request, signal, may) {
      const webhook = instance.plugin.webhooks?.find((one) => one.path === request.path);
      if (webhook !== undefined && audience === 'vendor' && request.method === 'POST')
        return await callWebhook(instance, webhook, request);
      const route = instance.plugin.routes?.find(
        (one) => one.audience === audience && one.path === request.path && one.method === request.method,
      );
      if (route === undefined) throw noDoor(instance, request);
      await demandFor(route, may);
      return await callRoute(instance, route, request, signal);
    },
    async callForMember(instance, request, signal) {
      const route = instance.plugin.memberRoutes?.find(
        (one) => one.path === request.path && one.method === request.method,
      );
      if (route === undefined) throw noDoor(instance, request);
      await demandFor(route, request.may);
      return await route.handle(instance.context, request, signal);
    },
  };
}

/** Whether the route that a request is for reads the body by itself, as it comes. */
export function takesStream(
  { plugin }: Pick<Instance, 'plugin'>,
  audience: 'member' | 'operator',
  { method, path }: Pick<RawRequest, 'method' | 'path'>,
): boolean {
  const routes =
    audience === 'member' ? plugin.memberRoutes : plugin.routes?.filter((route) => route.audience === audience);
  return routes?.some((route) => route.path === path && route.method === method && route.streams === true) ?? false;
}

/** @throws ForbiddenError */
async function demandFor(
  { permission }: Pick<Route<AnyContext>, 'permission'>,
  may?: MemberRequest['may'],
): Promise<void> {
  if (permission !== undefined && may !== undefined && !(await may(permission))) throw lacking(permission);
}

function receiveJob({ context, plugin }: Instance, payload: EnqueueInput<typeof receiveDelivery.payload>['payload']) {
  return { type: receiveDelivery, payload, tenantId: context.tenant.id, owner: plugin.id, dedupeKey: payload.inboxId };
}

function noDoor({ plugin }: Instance, { method, path }: RawRequest): NotFoundError {
  return new NotFoundError(`The plugin ${plugin.id} has no door ${method} ${path}`);
}

function refused(): UnauthorizedError {
  return new UnauthorizedError('The key is missing or wrong', {
    remedy: "Send the key that the plugin's settings show for this tenant.",
  });
}
