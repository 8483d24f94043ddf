import type { Queryable } from '../../store.ts';
import type { AuthContext, ObjectMetadata } from '../../types.ts';
import type { ACTOR_SOURCES } from '../../values/composites.ts';
import type { Session } from '../session.ts';
import { tableSql } from '../sql.ts';
import type { Values } from './input.ts';

/** createdBy of a new row, unless the client sent its own. */
export function stampCreator(auth: AuthContext, values: Values): Values {
  const wasSent = Object.keys(values).some((column) => /^createdBy[A-Z]/.test(column));
  return { ...stampEditor(auth, values), ...(!wasSent && actorColumns('createdBy', auth)) };
}

/** updatedBy is maintained by the server, whatever was sent. */
export function stampEditor(auth: AuthContext, values: Values): Values {
  return { ...values, ...actorColumns('updatedBy', auth) };
}

function actorColumns(field: 'createdBy' | 'updatedBy', auth: AuthContext): Values {
  return {
    [`${field}Source`]: sourceOf(auth),
    [`${field}WorkspaceMemberId`]: auth.workspaceMemberId ?? null,
    [`${field}Name`]: auth.actorName,
    [`${field}Context`]: {},
  };
}

/** With a user behind its token, an application writes in his name. */
function sourceOf(auth: AuthContext): (typeof ACTOR_SOURCES)[number] {
  if (auth.workspaceMemberId !== undefined) return 'MANUAL';
  return auth.kind === 'apiKey' ? 'API' : 'APPLICATION';
}

/** Positions of new rows: a number as sent, "last" after the greatest, everything else before the smallest so far. */
export async function stampPositions(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  rows: readonly Values[],
): Promise<Values[]> {
  const table = tableSql(session.model.workspace.recordSchema, object);
  const { rows: found } = await tx.query<{ min: number | null; max: number | null }>(
    `select min("position") as min, max("position") as max from ${table}`,
  );
  let first = found[0]?.min ?? 1;
  let last = Math.max(found[0]?.max ?? 0, ...rows.map((row) => Number(row['position'])).filter(Number.isFinite));
  return rows.map((row) => {
    const { position } = row;
    if (typeof position === 'number') return row;
    return { ...row, position: position === 'last' ? (last += 1) : (first -= 1) };
  });
}
