import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { type EventInput, NotFoundError, PayloadError, type StoredEvent } from '../contract/index.ts';

/**
 * Stores facts in the transaction of the state they report.
 *
 * @returns the ids and names of those that are new; the others were announced before
 * @throws PayloadError when a payload does not have its event's shape
 */
export async function storeEvents(
  transaction: Executor,
  tenantId: string,
  inputs: readonly EventInput[],
): Promise<{ id: string; name: string }[]> {
  if (inputs.length === 0) return [];
  const given = JSON.stringify(inputs.map(toRow).toSorted(byKey));
  const { rows } = await sql<{ id: string; name: string }>`${prepared}
    insert into event (id, tenant_id, name, dedupe_key, payload, occurred_at)
      select id, ${tenantId}::uuid, name, dedupe_key, payload, occurred_at
        from jsonb_to_recordset(${given}::jsonb)
          as row (id uuid, name text, dedupe_key text, payload jsonb, occurred_at timestamptz)
      on conflict (tenant_id, name, dedupe_key) do nothing
      returning id, name
  `.execute(transaction);
  return rows;
}

function toRow({ type, payload, dedupeKey, occurredAt }: EventInput) {
  const parsed = type.payload.safeParse(payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PayloadError(`The event ${type.name} is malformed: ${issue?.message ?? 'unknown reason'}`, {
      field: issue?.path.join('.') ?? '',
    });
  }
  return {
    id: randomUUID(),
    name: type.name,
    dedupe_key: dedupeKey,
    payload: parsed.data,
    occurred_at: occurredAt ?? new Date(),
  };
}

type Row = ReturnType<typeof toRow>;

/** Two transactions that announce the same facts wait for each other in one order. */
function byKey(one: Row, other: Row): number {
  return `${one.name} ${one.dedupe_key}` < `${other.name} ${other.dedupe_key}` ? -1 : 1;
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
