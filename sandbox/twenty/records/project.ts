import { showFiles } from '../files/record-files.ts';
import type { FieldMetadata, Model, ObjectMetadata } from '../types.ts';
import { GraphqlError } from '../errors.ts';
import { upperFirst } from '../values/composites.ts';
import { formatPartNamed, formatValue } from './format.ts';
import { loadMany, loadOnes } from './related.ts';
import type { Selection } from './selection.ts';
import { type Row, type Session, shapeOf } from './session.ts';
import type { Member } from './shape.ts';

export type Projected = Record<string, unknown>;

/** How deep the selection is: a one-to-many list may not be selected inside another one. */
export type Depth = { insideMany: boolean };

/** Columns that a selection needs, the id always among them. */
export function columnsFor(model: Model, object: ObjectMetadata, selection: Selection | null): Set<string> {
  const names = new Set(['id']);
  for (const name of selection?.keys() ?? []) {
    const member = shapeOf(model, object).members.get(name);
    if (member?.kind === 'composite') for (const { column } of member.parts) names.add(column.name);
    else if (member !== undefined && member.kind !== 'many') names.add(member.column.name);
  }
  return names;
}

/** Refuses the selection when the caller's role may not read the object or one of the fields. */
export function demandSelection(session: Session, object: ObjectMetadata, selection: Selection | null): void {
  session.permissions.demand('read', object);
  const { members } = shapeOf(session.model, object);
  const fields = [...(selection?.keys() ?? [])].flatMap((name): FieldMetadata[] => {
    const member = members.get(name);
    return member === undefined ? [] : [member.field];
  });
  session.permissions.demandReadable(fields, object);
}

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
      return loadOnes(session, member, rows, below, depth);
    case 'many':
      return loadMany(session, member, rows, below, depth);
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
