import type { Access } from '../access.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import {
  createWebhookRequest,
  deleteWebhookRequest,
  updateWebhookRequest,
  webhooksRequest,
} from '../twenty/operations.ts';
import type { NewWebhook } from '../twenty/operations.ts';
import { testOperation } from '../webhook-test/state.ts';
import { currentSecret, settleSecrets } from './webhook-secrets.ts';
import type { SecretStore } from './webhook-secrets.ts';

const webhookPath = (tenantId: string): string => `/crm/webhooks/${tenantId}`;

/** Where Twenty delivers a tenant's changes. */
function webhookUrl(publicUrl: string, tenantId: string): string {
  return new URL(webhookPath(tenantId), publicUrl).href;
}

/**
 * All events of what is read; of what is only written, the ends of records, so that none is brought back; and what the test of the
 * way back causes.
 */
export function operationsFor(specs: Iterable<MirrorSpec>): string[] {
  const operations = [...specs].flatMap(({ object, mirrored }) =>
    mirrored ? [`${object}.*`] : ['deleted', 'restored', 'destroyed'].map((event) => `${object}.${event}`),
  );
  return [...operations, testOperation].toSorted();
}

export type WebhookUpkeep = SecretStore & {
  readonly access: Pick<Access, 'metadata'>;
  readonly publicUrl: string;
  readonly operations: readonly string[];
  readonly now: number;
};

type Webhook = NewWebhook & { readonly id: string };

/**
 * Makes sure that Twenty has exactly one webhook for us, with this address, these operations and the current secret, whoever
 * deleted or changed it. The tenant's id in the path tells ours from others, also under an earlier address of the hub.
 *
 * @returns what had to be done
 */
export async function keepWebhook(
  upkeep: WebhookUpkeep,
  signal: AbortSignal,
): Promise<'created' | 'repaired' | 'fine'> {
  const { access, tenantId, publicUrl, operations, now } = upkeep;
  const { data } = await access.metadata(webhooksRequest, signal);
  const ours = (data['webhooks'] as Webhook[]).filter(
    ({ targetUrl }) => URL.parse(targetUrl)?.pathname === webhookPath(tenantId),
  );
  const wanted = { targetUrl: webhookUrl(publicUrl, tenantId), operations, secret: await currentSecret(upkeep) };
  const own = ours.find(({ targetUrl }) => targetUrl === wanted.targetUrl) ?? ours[0];
  for (const { id } of ours) if (id !== own?.id) await access.metadata(deleteWebhookRequest(id), signal);
  const done = await bringInOrder(upkeep.access, own, wanted, signal);
  await settleSecrets(upkeep, now);
  return done;
}

async function bringInOrder(
  access: Pick<Access, 'metadata'>,
  own: Webhook | undefined,
  wanted: NewWebhook,
  signal: AbortSignal,
): Promise<'created' | 'repaired' | 'fine'> {
  if (own === undefined) {
    await access.metadata(createWebhookRequest(wanted), signal);
    return 'created';
  }
  const isFine =
    own.targetUrl === wanted.targetUrl &&
    own.secret === wanted.secret &&
    own.operations.toSorted().join() === wanted.operations.join();
  if (isFine) return 'fine';
  await access.metadata(updateWebhookRequest(own.id, wanted), signal);
  return 'repaired';
}
