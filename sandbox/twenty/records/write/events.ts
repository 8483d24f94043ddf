import { isDeepStrictEqual } from 'node:util';
import type { RecordEvent } from '../../webhooks/events.ts';
import type { Model, ObjectMetadata } from '../../types.ts';
import { formatRecord } from '../format.ts';
import type { Row } from '../session.ts';

/** Changes of these alone are no change. */
const UNOBSERVED = new Set(['updatedAt', 'searchVector']);

export function createdEvents(model: Model, object: ObjectMetadata, rows: readonly Row[]): RecordEvent[] {
  return rows.map((row) => ({ object, action: 'created', record: formatRecord(model, object, row) }));
}

export function destroyedEvents(model: Model, object: ObjectMetadata, rows: readonly Row[]): RecordEvent[] {
  return rows.map((row) => ({ object, action: 'destroyed', record: formatRecord(model, object, row) }));
}

/** One event per row that really changed: unchanged values give none (Twenty 2.21, measured). */
export function changedEvents(
  model: Model,
  object: ObjectMetadata,
  action: 'updated' | 'deleted' | 'restored',
  before: readonly Row[],
  after: readonly Row[],
): RecordEvent[] {
  const oldRows = new Map(before.map((row) => [row['id'], row]));
  return after.flatMap((row) => {
    const old = formatRecord(model, object, oldRows.get(row['id']) ?? {});
    const record = formatRecord(model, object, row);
    const updatedFields = Object.keys(record).filter(
      (name) => !UNOBSERVED.has(name) && !isDeepStrictEqual(old[name], record[name]),
    );
    // A deletion names deletedAt only, although updatedBy may have changed with it.
    const named = action === 'updated' ? updatedFields : updatedFields.filter((name) => name === 'deletedAt');
    return named.length === 0 ? [] : [{ object, action, record, updatedFields: named }];
  });
}
