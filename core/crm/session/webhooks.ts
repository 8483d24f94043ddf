import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../secrets/index.ts';
import type { Access } from '../access.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import {
  createWebhookRequest,
  deleteWebhookRequest,
  updateWebhookRequest,
  webhooksRequest,
} from '../twenty/operations.ts';

const place = (tenantId: string) => ({ tenantId, pluginId: 'crm', name: 'webhookSecrets' });

/** The secrets with which Twenty signs for this tenant: the one in use, and before it during a rotation the last one. */
export async function webhookSecrets(secrets: Secrets, tenantId: string): Promise<string[]> {
  return ((await secrets.get(place(tenantId))) ?? '').split(' ').filter((secret) => secret !== '');
}

async function currentSecret(secrets: Secrets, tenantId: string): Promise<string> {
  const [known] = await webhookSecrets(secrets, tenantId);
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('hex');
  await secrets.set(place(tenantId), made);
  return made;
}

/** Where Twenty delivers a tenant's changes. */
export function webhookUrl(publicUrl: string, tenantId: string): string {
  return new URL(`/crm/webhooks/${tenantId}`, publicUrl).href;
}

/** All events of what is read; of what is only written, the ends of records, so that none is brought back. */
export function operationsFor(specs: Iterable<MirrorSpec>): string[] {
  const operations = [...specs].flatMap(({ object, mirrored }) =>
    mirrored ? [`${object}.*`] : ['deleted', 'restored', 'destroyed'].map((event) => `${object}.${event}`),
  );
  return operations.toSorted();
}

export type WebhookUpkeep = {
  readonly access: Access;
  readonly secrets: Secrets;
  readonly tenantId: string;
  readonly url: string;
  readonly operations: readonly string[];
};

type Webhook = { readonly id: string; readonly targetUrl: string; readonly operations: readonly string[] };

/** Makes sure that Twenty has exactly one webhook for us, with these operations. @returns what had to be done */
export async function keepWebhook(
  { access, secrets, tenantId, url, operations }: WebhookUpkeep,
  signal: AbortSignal,
): Promise<'created' | 'repaired' | 'fine'> {
  const { data } = await access.metadata(webhooksRequest, signal);
  const [own, ...surplus] = (data['webhooks'] as Webhook[]).filter(({ targetUrl }) => targetUrl === url);
  for (const { id } of surplus) await access.metadata(deleteWebhookRequest(id), signal);
  const secret = await currentSecret(secrets, tenantId);
  if (own === undefined) {
    await access.metadata(createWebhookRequest({ targetUrl: url, operations, secret }), signal);
    return 'created';
  }
  if (own.operations.toSorted().join() === operations.join()) return 'fine';
  await access.metadata(updateWebhookRequest(own.id, { operations }), signal);
  return 'repaired';
}
