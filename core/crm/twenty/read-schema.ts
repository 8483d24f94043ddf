import { pascal } from '../schema.ts';
import type { FieldSchema, ObjectSchema, WorkspaceSchema } from '../schema.ts';

/** A field that is a relation, as /metadata describes it. */
export type RelationAnswer = {
  name: string;
  settings: { joinColumnName?: string; relationType?: string } | null;
  relation: { type: string } | null;
  morphRelations: { targetObjectMetadata: { nameSingular: string } }[] | null;
};

type FieldAnswer = RelationAnswer & {
  type: string;
  isActive: boolean | null;
  isUnique: boolean | null;
  options: { value: string }[] | null;
};

type ObjectAnswer = {
  nameSingular: string;
  namePlural: string;
  isActive: boolean;
  fieldsList: FieldAnswer[];
};

/** Twenty's list of objects as the gateway needs it: relations appear as the `xId` columns they are written by. */
export function readSchema(data: Readonly<Record<string, unknown>>): WorkspaceSchema {
  const { edges } = data['objects'] as { edges: { node: ObjectAnswer }[] };
  const objects = edges.filter(({ node }) => node.isActive).map(({ node }) => readObject(node));
  return new Map(objects.map((object) => [object.name, object]));
}

function readObject({ nameSingular, namePlural, fieldsList }: ObjectAnswer): ObjectSchema {
  const active = fieldsList.filter((field) => field.isActive !== false);
  return { name: nameSingular, plural: namePlural, fields: new Map(active.flatMap(readField)) };
}

function readField(field: FieldAnswer): [string, FieldSchema][] {
  if (field.type === 'RELATION' || field.type === 'MORPH_RELATION') {
    return joinColumns(field).map((name) => [name, { type: 'UUID', isUnique: false }]);
  }
  const options = field.options?.map(({ value }) => value);
  const schema: FieldSchema = { type: field.type, isUnique: field.isUnique === true, ...(options && { options }) };
  return [[field.name, schema]];
}

/**
 * The `xId` columns of a relation; none on the side of the many. A morph relation `target` has one per object it may point
 * at: `targetCompanyId`, `targetPersonId`.
 */
export function joinColumns({ name, settings, relation, morphRelations }: RelationAnswer): string[] {
  if ((relation?.type ?? settings?.relationType) === 'ONE_TO_MANY') return [];
  const own = settings?.joinColumnName ?? `${name}Id`;
  const targets = (morphRelations ?? []).map(({ targetObjectMetadata }) => pascal(targetObjectMetadata.nameSingular));
  const base = targets.reduce((stem, target) => (stem.endsWith(target) ? stem.slice(0, -target.length) : stem), name);
  return [...new Set([own, ...targets.map((target) => `${base}${target}Id`)])];
}
