import { randomUUID } from 'node:crypto';
import { moveFiles } from '../../files/record-files.ts';
import type { Queryable } from '../../store.ts';
import { GraphqlError } from '../../errors.ts';
import type { ObjectMetadata } from '../../types.ts';
import type { RecordEvent } from '../../webhooks/events.ts';
import type { Row, Session } from '../session.ts';
import { translateWriteError } from './database-errors.ts';
import { changedEvents, createdEvents } from './events.ts';
import { readInput, type Values } from './input.ts';
import { matchRows } from './match.ts';
import { insertRows, lockRows, updateEach } from './rows.ts';
import { stampCreator, stampEditor, stampPositions } from './stamps.ts';

export const MAX_ROWS = 200;

/** Rows and events of a write that was committed. */
export type Written = { rows: Row[]; events: RecordEvent[] };

/** Creates rows, all or none. With `upsert`, rows that match existing ones by id or unique index update these instead. */
export async function createRecords(
  session: Session,
  object: ObjectMetadata,
  data: readonly unknown[],
  upsert: boolean,
): Promise<Written> {
  session.permissions.demand('update', object);
  if (data.length > MAX_ROWS) {
    const message = `Maximum number of records to upsert is ${MAX_ROWS}.`;
    throw new GraphqlError(message, 'BAD_USER_INPUT', {
      subCode: 'TOO_MANY_RECORDS_TO_UPDATE',
      userFriendlyMessage: message,
    });
  }
  const inputs: Values[] = [];
  for (const row of data) inputs.push(await readInput(session, object, row));
  if (!upsert) return writing(session, object, inputs, (tx) => insert(session, tx, object, inputs));
  const matched = await matchRows(session, object, inputs);
  // Not one transaction: the updates stay even when the insert fails (Twenty 2.21, measured).
  const updated = await writing(session, object, inputs, (tx) => updateMatched(session, tx, object, matched.updates));
  session.server.webhooks.emit(session, updated.events);
  const inserted = await writing(session, object, matched.inserts, (tx) =>
    insert(session, tx, object, matched.inserts),
  );
  return { rows: [...updated.rows, ...inserted.rows], events: inserted.events };
}

/** Runs a write in a transaction and translates what PostgreSQL refuses. */
export async function writing<T>(
  session: Session,
  object: ObjectMetadata,
  inputs: readonly Values[],
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  try {
    return await session.server.store.transaction(work);
  } catch (error) {
    throw await translateWriteError(session, object, inputs, error);
  }
}

async function insert(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  inputs: readonly Values[],
): Promise<Written> {
  if (inputs.length === 0) return { rows: [], events: [] };
  const stamped = inputs.map((values) =>
    stampCreator(session.auth, { ...values, id: values['id'] === undefined ? randomUUID() : values['id'] }),
  );
  const rows = await insertRows(session, tx, object, await stampPositions(session, tx, object, stamped));
  await moveFiles(session, tx, object, [], rows);
  return { rows, events: createdEvents(session.model, object, rows) };
}

async function updateMatched(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  updates: readonly { id: string; values: Values }[],
): Promise<Written> {
  const ids = [...new Set(updates.map((update) => update.id))];
  if (ids.length === 0) return { rows: [], events: [] };
  const before = await lockRows(session, tx, object, ids);
  const stamped = updates.map(({ id, values }) => ({ id, values: stampEditor(session.auth, revived(values)) }));
  await updateEach(session, tx, object, stamped);
  const rows = await lockRows(session, tx, object, ids);
  await moveFiles(session, tx, object, before, rows);
  return { rows, events: changedEvents(session.model, object, 'updated', before, rows) };
}

/** An upsert keeps the id and the creator and brings a soft-deleted row back, whatever was sent for them. */
function revived(values: Values): Values {
  const kept = Object.entries(values).filter(([column]) => column !== 'id' && !/^createdBy[A-Z]/.test(column));
  const { position, ...rest } = Object.fromEntries(kept);
  return { ...rest, ...(typeof position === 'number' && { position }), deletedAt: null };
}
