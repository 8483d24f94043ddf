import type { FieldMetadata, Model, ObjectMetadata } from '../types.ts';
import type { Selection } from './selection.ts';
import { type Row, type Session, shapeOf } from './session.ts';

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

/** Turns rows into records as selected. Handed to the loading of relations, which needs it for what is below them. */
export type Project = (
  session: Session,
  object: ObjectMetadata,
  rows: readonly Row[],
  selection: Selection | null,
  depth: Depth,
) => Promise<Projected[]>;
