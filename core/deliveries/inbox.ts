import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type InboxDelivery, NotFoundError, type RawRequest } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';

/** Headers that are never stored: they carry secrets, and a replay does not need them. */
const UNSTORED_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);

export interface Arrival {
  readonly tenantId: string;
  readonly pluginId: string;
  readonly webhook: string;
  /** Equal for repeated deliveries of one thing; any length. */
  readonly deliveryKey: string;
  readonly request: RawRequest;
}

/**
 * Stores a delivery. The second arrival under the same key stores nothing and counts as a repeat.
 *
 * @returns the id of the stored row, and whether it is new
 */
export async function storeArrival(transaction: Executor, arrival: Arrival): Promise<{ id: string; isNew: boolean }> {
  const { request } = arrival;
  const id = randomUUID();
  const row = await transaction
    .insertInto('inbox')
    .values({
      id,
      tenant_id: arrival.tenantId,
      plugin_id: arrival.pluginId,
      webhook: arrival.webhook,
      delivery_key: createHash('sha256').update(arrival.deliveryKey).digest('hex'),
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      headers: JSON.stringify(storableHeaders(request.headers)),
      body: request.body,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'plugin_id', 'webhook', 'delivery_key'])
        .doUpdateSet({ repeats: sql`inbox.repeats + 1` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, isNew: row.id === id };
}

/** @throws NotFoundError when the delivery is past its retention */
export async function readArrival(
  db: Executor,
  tenantId: string,
  id: string,
): Promise<InboxDelivery & { webhook: string }> {
  const row = await db
    .selectFrom('inbox')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new NotFoundError('The stored delivery is gone', {
      remedy: 'It is past its retention time and cannot be run again; ask the sender to deliver it again.',
    });
  }
  return {
    id: row.id,
    webhook: row.webhook,
    receivedAt: row.received_at,
    request: {
      method: row.method,
      path: row.path,
      query: new URLSearchParams(row.query),
      headers: row.headers,
      body: row.body,
    },
  };
}

function storableHeaders(headers: RawRequest['headers']): Record<string, string> {
  const stored = Object.entries(headers).filter(([name, value]) => value !== undefined && !UNSTORED_HEADERS.has(name));
  return Object.fromEntries(stored) as Record<string, string>;
}
