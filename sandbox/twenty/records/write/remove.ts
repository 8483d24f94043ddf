import { moveFiles } from '../../files/record-files.ts';
import type { ObjectMetadata } from '../../types.ts';
import { filterSql, visibleSql } from '../filter.ts';
import { recordNotFound } from '../find.ts';
import type { Row, Session } from '../session.ts';
import { createParams } from '../sql.ts';
import { writing, type Written } from './create.ts';
import { changedEvents, destroyedEvents } from './events.ts';
import { deleteRows, selectRows, updateRows } from './rows.ts';
import { stampEditor } from './stamps.ts';

/** The rows a removal is about: one by id, or all that a filter matches, however many (Twenty 2.21, measured). */
export type Target = { id: string } | { filter: unknown };

/** Soft-deletes; a repeated delete of one row moves deletedAt. */
export async function softDelete(session: Session, object: ObjectMetadata, target: Target): Promise<Written> {
  session.permissions.demand('softDelete', object);
  return writing(session, object, [], async (tx) => {
    const before = await targeted(session, tx, object, target, 'filter' in target);
    const now = await tx.query<{ now: Date }>('select now()');
    const rows = await updateRows(
      session,
      tx,
      object,
      idsOf(before),
      stampEditor(session.auth, { deletedAt: now.rows[0]?.now }),
    );
    return { rows, events: changedEvents(session.model, object, 'deleted', before, rows) };
  });
}

/** Clears deletedAt. What a filter matches is read again afterwards: with deletedAt in it nothing is left to answer. */
export async function restore(session: Session, object: ObjectMetadata, target: Target): Promise<Written> {
  session.permissions.demand('softDelete', object);
  return writing(session, object, [], async (tx) => {
    const before = await targeted(session, tx, object, target, false);
    const restored = await updateRows(
      session,
      tx,
      object,
      idsOf(before),
      stampEditor(session.auth, { deletedAt: null }),
    );
    const rows = 'id' in target ? restored : await targeted(session, tx, object, target, true);
    return { rows, events: changedEvents(session.model, object, 'restored', before, restored) };
  });
}

/** Removes for good, also rows that were not soft-deleted before. */
export async function destroy(session: Session, object: ObjectMetadata, target: Target): Promise<Written> {
  session.permissions.demand('destroy', object);
  return writing(session, object, [], async (tx) => {
    const rows = await targeted(session, tx, object, target, false);
    await deleteRows(session, tx, object, idsOf(rows));
    await moveFiles(session, tx, object, rows, []);
    return { rows, events: destroyedEvents(session.model, object, rows) };
  });
}

async function targeted(
  session: Session,
  tx: Session['db'],
  object: ObjectMetadata,
  target: Target,
  hidesDeleted: boolean,
): Promise<Row[]> {
  const params = createParams();
  if ('id' in target) {
    const rows = await selectRows(session, tx, object, `r.id = ${params.add(target.id)}`, params, { lock: true });
    if (rows.length === 0) throw recordNotFound();
    return rows;
  }
  const visible = hidesDeleted ? visibleSql('r', target.filter) : 'true';
  const condition = `${visible} and ${filterSql(session.model, object, 'r', target.filter, params)}`;
  return selectRows(session, tx, object, condition, params, { lock: true });
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map((row) => String(row['id']));
}
