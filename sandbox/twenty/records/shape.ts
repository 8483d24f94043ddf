import { type Column, columnsOf } from '../metadata/columns.ts';
import type { FieldMetadata, ObjectMetadata, RelationEnd } from '../types.ts';
import { type CompositePart, compositeParts, partColumn } from '../values/composites.ts';

export type PartColumn = { part: CompositePart; column: Column };

/** What a name stands for in the selections, filters and data of an object's records. */
export type Member =
  | { kind: 'scalar'; name: string; field: FieldMetadata; column: Column }
  | { kind: 'composite'; name: string; field: FieldMetadata; parts: readonly PartColumn[] }
  /** `companyId`: the scalar side of a many-to-one relation. */
  | { kind: 'key'; name: string; field: FieldMetadata; end: RelationEnd; column: Column }
  /** `company`: the object side of a many-to-one relation. */
  | { kind: 'one'; name: string; field: FieldMetadata; end: RelationEnd; column: Column }
  | { kind: 'many'; name: string; field: FieldMetadata; end: RelationEnd };

export type Shape = {
  /** Scalars, composites and keys first, relations last, as Twenty lists a record. */
  members: ReadonlyMap<string, Member>;
  columns: ReadonlyMap<string, Column>;
};

export function buildShape(object: ObjectMetadata): Shape {
  const active = object.fields.filter((field) => field.isActive);
  const values = active.flatMap((field) => valueMembers(object, field));
  const relations = active.flatMap((field) => relationMembers(object, field));
  return {
    members: new Map([...values, ...relations].map((member) => [member.name, member])),
    columns: new Map(object.fields.flatMap((field) => columnsOf(object, field)).map((column) => [column.name, column])),
  };
}

function valueMembers(object: ObjectMetadata, field: FieldMetadata): Member[] {
  const columns = columnsOf(object, field);
  const parts = compositeParts(field.type);
  if (parts !== undefined) {
    const withColumns = parts.map((part) => ({
      part,
      column: columnNamed(columns, partColumn(field.name, part.name)),
    }));
    return [{ kind: 'composite', name: field.name, field, parts: withColumns }];
  }
  if (field.relations.length > 0) {
    return manyToOne(field).map(({ end, name }) => ({
      kind: 'key',
      name,
      field,
      end,
      column: columnNamed(columns, name),
    }));
  }
  const column = columns[0];
  return column === undefined ? [] : [{ kind: 'scalar', name: field.name, field, column }];
}

function relationMembers(object: ObjectMetadata, field: FieldMetadata): Member[] {
  const columns = columnsOf(object, field);
  const ones: Member[] = manyToOne(field).map(({ end, name }) => ({
    kind: 'one',
    name: end.name,
    field,
    end,
    column: columnNamed(columns, name),
  }));
  const manys: Member[] = field.relations
    .filter((end) => end.type === 'ONE_TO_MANY')
    .map((end) => ({ kind: 'many', name: end.name, field, end }));
  return [...ones, ...manys];
}

function manyToOne(field: FieldMetadata): { end: RelationEnd; name: string }[] {
  return field.relations.flatMap((end) => (end.joinColumn === null ? [] : [{ end, name: end.joinColumn }]));
}

function columnNamed(columns: readonly Column[], name: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`Field without its column ${name}`);
  return column;
}
