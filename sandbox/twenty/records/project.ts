import { showFiles } from '../files/record-files.ts';
import type { ObjectMetadata } from '../types.ts';
import { GraphqlError } from '../errors.ts';
import { upperFirst } from '../values/composites.ts';
import { formatPartNamed, formatValue } from './format.ts';
import { loadMany, loadOnes } from './related.ts';
import { demandSelection, type Depth, type Projected } from './selected.ts';
import type { Selection } from './selection.ts';
import { type Row, type Session, shapeOf } from './session.ts';
import type { Member } from './shape.ts';

/**
 * Records as selected. A misspelt field reads as null without an error, a misspelt part of a composite fails
 * (Twenty 2.21, measured).
 */
export async function projectRecords(
  session: Session,
  object: ObjectMetadata,
  rows: readonly Row[],
  selection: Selection | null,
  depth: Depth = { insideMany: false },
): Promise<Projected[]> {
  demandSelection(session, object, selection);
  const { members } = shapeOf(session.model, object);
  const projected: Projected[] = rows.map(() => ({}));
  for (const [name, below] of selection ?? []) {
    const values = await valuesOf(session, object, members.get(name), name, rows, below, depth);
    for (const [index, record] of projected.entries()) record[name] = values[index] ?? null;
  }
  return projected;
}

async function valuesOf(
  session: Session,
  object: ObjectMetadata,
  member: Member | undefined,
  name: string,
  rows: readonly Row[],
  below: Selection | null,
  depth: Depth,
): Promise<unknown[]> {
  if (member === undefined) return rows.map(() => (name === '__typename' ? upperFirst(object.nameSingular) : null));
  switch (member.kind) {
    case 'composite':
      return rows.map((row) => projectComposite(member, row, below));
    case 'one':
      return loadOnes({ session, depth, project: projectRecords }, member, rows, below);
    case 'many':
      return loadMany({ session, depth, project: projectRecords }, member, rows, below);
    default:
      if (member.field.type !== 'FILES') return rows.map((row) => formatValue(member, row));
      return Promise.all(rows.map((row) => showFiles(session, formatValue(member, row))));
  }
}

function projectComposite(member: Extract<Member, { kind: 'composite' }>, row: Row, below: Selection | null): unknown {
  if (below === null || below.has('__typename')) return null;
  const entries = [...below.keys()].map((name) => {
    const value = formatPartNamed(member, name, row);
    if (value !== undefined) return [name, value];
    const message = `Sub field metadata not found for composite type: ${member.field.type}`;
    throw new GraphqlError(message, 'INTERNAL_SERVER_ERROR');
  });
  return Object.fromEntries(entries);
}
