import { createHmac, randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import type { Queryable } from '../store.ts';
import type { AuthContext } from '../types.ts';
import type { RecordEvent } from './events.ts';
import { isPrivateTarget } from './safe-mode.ts';

export type Webhook = {
  id: string;
  targetUrl: string;
  operations: string[];
  description: string | null;
  secret: string;
  workspaceId: string;
  applicationId: string;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: null;
};

export interface Webhooks {
  list(workspaceId: string): Promise<Webhook[]>;
  /** Call after every change of a workspace's webhooks. */
  invalidate(workspaceId: string): void;
  /** Sends events of a committed write: one attempt each, at once, in no order. */
  emit(session: { auth: AuthContext }, events: readonly RecordEvent[]): void;
  /** Gives up what is still under way. */
  close(): Promise<void>;
}

/** The sender gives up on a receiver after this time (Twenty 2.21, measured). */
const TIMEOUT_MS = 5_000;

export function createWebhooks(store: Queryable, faults: Faults, delayMs: number): Webhooks {
  const cache = new Map<string, Promise<Webhook[]>>();
  const underWay = new Set<Promise<void>>();
  const stop = new AbortController();
  const list = (workspaceId: string): Promise<Webhook[]> => {
    const known = cache.get(workspaceId) ?? loadWebhooks(store, workspaceId);
    cache.set(workspaceId, known);
    known.catch(() => cache.delete(workspaceId));
    return known;
  };
  const deliver = async (auth: AuthContext, events: readonly RecordEvent[]): Promise<void> => {
    const webhooks = await list(auth.workspaceId);
    if (webhooks.length === 0) return;
    await Promise.all(
      events.flatMap((event) => {
        const dropped = faults.take('drop-webhooks', '/') !== undefined;
        const isSafe = faults.take('safe-mode', '/') !== undefined;
        const wanted = webhooks.filter(
          (webhook) => !dropped && isWanted(webhook, event) && !(isSafe && isPrivateTarget(webhook.targetUrl)),
        );
        return wanted.map((webhook) => send(webhook, event, auth, delayMs, stop.signal));
      }),
    );
  };
  return {
    list,
    invalidate: (workspaceId) => {
      cache.delete(workspaceId);
    },
    emit: ({ auth }, events) => {
      if (events.length === 0 || stop.signal.aborted) return;
      // Nobody waits for a delivery, and a failed one is forgotten: Twenty never tries again (2.21, measured).
      const delivery = deliver(auth, events)
        .catch(() => undefined)
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    },
    close: async () => {
      stop.abort();
      await Promise.all(underWay);
    },
  };
}

/** `company.created`, with `*` on either side. */
function isWanted(webhook: Webhook, event: RecordEvent): boolean {
  return webhook.operations.some((operation) => {
    const [object, action] = operation.split('.');
    return (object === '*' || object === event.object.nameSingular) && (action === '*' || action === event.action);
  });
}

async function send(
  webhook: Webhook,
  event: RecordEvent,
  auth: AuthContext,
  delayMs: number,
  stop: AbortSignal,
): Promise<void> {
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (stop.aborted) return;
  const body = JSON.stringify(payloadOf(webhook, event, auth));
  const timestamp = String(Date.now());
  const signature = createHmac('sha256', webhook.secret).update(`${timestamp}:${body}`).digest('hex');
  try {
    const response = await fetch(webhook.targetUrl, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/plain, */*',
        'content-type': 'application/json',
        'x-twenty-webhook-timestamp': timestamp,
        'x-twenty-webhook-signature': signature,
        'x-twenty-webhook-nonce': randomBytes(16).toString('hex'),
      },
      body,
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
  } catch {
    // A receiver that is down, slow or broken loses the event.
  }
}

function payloadOf(webhook: Webhook, event: RecordEvent, auth: AuthContext): object {
  return {
    targetUrl: webhook.targetUrl,
    eventName: `${event.object.nameSingular}.${event.action}`,
    objectMetadata: { id: event.object.id, nameSingular: event.object.nameSingular },
    workspaceId: webhook.workspaceId,
    webhookId: webhook.id,
    eventDate: new Date().toISOString(),
    ...(auth.userId !== undefined && { userId: auth.userId }),
    ...(auth.workspaceMemberId !== undefined && { workspaceMemberId: auth.workspaceMemberId }),
    record: event.record,
    ...(event.updatedFields !== undefined && { updatedFields: event.updatedFields }),
  };
}

async function loadWebhooks(store: Queryable, workspaceId: string): Promise<Webhook[]> {
  const { rows } = await store.query<Webhook>(
    `select id, target_url as "targetUrl", operations, description, secret, workspace_id as "workspaceId",
            application_id as "applicationId", created_at as "createdAt", updated_at as "updatedAt",
            null as "deletedAt"
       from webhook where workspace_id = $1 order by created_at, id`,
    [workspaceId],
  );
  return rows;
}
