import { randomUUID } from 'node:crypto';
import type { Executor } from '../store/database.ts';
import { type EventInput, NotFoundError, PayloadError, type StoredEvent } from '../contract/index.ts';

/**
 * Stores a fact in the transaction of the state it reports.
 *
 * @returns the event's id, or undefined when the same fact was announced before
 * @throws PayloadError when the payload does not have the event's shape
 */
export async function storeEvent(
  transaction: Executor,
  tenantId: string,
  input: EventInput,
): Promise<string | undefined> {
  const parsed = input.type.payload.safeParse(input.payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PayloadError(`The event ${input.type.name} is malformed: ${issue?.message ?? 'unknown reason'}`, {
      field: issue?.path.join('.') ?? '',
    });
  }
  const row = await transaction
    .insertInto('event')
    .values({
      id: randomUUID(),
      tenant_id: tenantId,
      name: input.type.name,
      dedupe_key: input.dedupeKey,
      payload: JSON.stringify(parsed.data),
      occurred_at: input.occurredAt ?? new Date(),
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** @throws NotFoundError when the event is past its retention */
export async function readEvent(db: Executor, tenantId: string, id: string): Promise<StoredEvent> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new NotFoundError('The event is gone', {
      remedy: 'It is past its retention time and cannot be delivered again.',
    });
  }
  return { id: row.id, name: row.name, payload: row.payload, occurredAt: row.occurred_at };
}
