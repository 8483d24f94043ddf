import { GraphqlError } from '../../errors.ts';
import { moveFiles } from '../../files/record-files.ts';
import type { ObjectMetadata } from '../../types.ts';
import { filterSql, visibleSql } from '../filter.ts';
import { recordNotFound } from '../find.ts';
import type { Session } from '../session.ts';
import { createParams } from '../sql.ts';
import { MAX_ROWS, writing, type Written } from './create.ts';
import { changedEvents } from './events.ts';
import { readInput } from './input.ts';
import { lockRows, selectRows, updateRows } from './rows.ts';
import { stampEditor } from './stamps.ts';

/** Works on soft-deleted rows too and leaves them deleted. */
export async function updateOne(session: Session, object: ObjectMetadata, id: string, data: unknown): Promise<Written> {
  session.permissions.demand('update', object);
  const values = await readInput(session, object, data);
  return writing(session, object, [values], async (tx) => {
    const before = await lockRows(session, tx, object, [id]);
    if (before.length === 0) throw recordNotFound();
    const after = await updateRows(session, tx, object, [id], stampEditor(session.auth, values));
    const moved = typeof values['id'] === 'string' ? values['id'] : id;
    const rows = moved === id ? after : await lockRows(session, tx, object, [moved]);
    await moveFiles(session, tx, object, before, rows);
    return { rows, events: changedEvents(session.model, object, 'updated', before, rows) };
  });
}

/** At most 200 rows; when the filter matches more, nothing is written. */
export async function updateMany(
  session: Session,
  object: ObjectMetadata,
  filter: unknown,
  data: unknown,
): Promise<Written> {
  session.permissions.demand('update', object);
  const values = await readInput(session, object, data);
  return writing(session, object, [values], async (tx) => {
    const params = createParams();
    const condition = `${visibleSql('r', filter)} and ${filterSql(session.model, object, 'r', filter, params)}`;
    const limit = MAX_ROWS + 1;
    const before = await selectRows(session, tx, object, condition, params, { lock: true, limit });
    if (before.length > MAX_ROWS) {
      throw new GraphqlError(`Cannot update more than ${MAX_ROWS} records at once`, 'BAD_USER_INPUT', {
        userFriendlyMessage: `You can only update up to ${MAX_ROWS} records at once.`,
      });
    }
    const ids = before.map((row) => String(row['id']));
    const rows = await updateRows(session, tx, object, ids, stampEditor(session.auth, values));
    await moveFiles(session, tx, object, before, rows);
    return { rows, events: changedEvents(session.model, object, 'updated', before, rows) };
  });
}
