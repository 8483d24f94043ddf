import { FieldType, OnDeleteAction, RelationType } from 'twenty-sdk/define';

import type { ObjectField, StandaloneField } from './fields.ts';
import { fieldId, objectId, type ObjectName } from './objects.ts';
import { RELATIONS, type Relation } from './relation-table.ts';

const linkSide = (each: Relation) => ({
  universalIdentifier: fieldId(each.from, each.name),
  type: FieldType.RELATION as const,
  name: each.name,
  label: each.label,
  icon: each.icon,
  relationTargetObjectMetadataUniversalIdentifier: objectId(each.to),
  relationTargetFieldMetadataUniversalIdentifier: fieldId(each.to, each.back.name),
  universalSettings: {
    relationType: RelationType.MANY_TO_ONE,
    // A record outlives what it points to: deleting a company must not take its calls along.
    onDelete: OnDeleteAction.SET_NULL,
    joinColumnName: `${each.name}Id`,
  },
});

const listSide = (each: Relation) => ({
  universalIdentifier: fieldId(each.to, each.back.name),
  type: FieldType.RELATION as const,
  name: each.back.name,
  label: each.back.label,
  icon: each.back.icon,
  relationTargetObjectMetadataUniversalIdentifier: objectId(each.from),
  relationTargetFieldMetadataUniversalIdentifier: fieldId(each.from, each.name),
  universalSettings: { relationType: RelationType.ONE_TO_MANY },
});

/** All relation fields of one object: the links it holds and the lists that point at it. */
export const relationsOf = (object: ObjectName): ObjectField[] => [
  ...RELATIONS.filter((each) => each.from === object).map(linkSide),
  ...RELATIONS.filter((each) => each.to === object).map(listSide),
];

/** A relation field of a standard object, which Twenty wants in a file of its own. Throws on a name that no relation has. */
export function standardRelation(object: ObjectName, name: string): StandaloneField {
  const field = relationsOf(object).find((each) => each.name === name);
  if (field === undefined) throw new Error(`No relation "${name}" is defined for ${object}`);
  return { ...field, objectUniversalIdentifier: objectId(object) };
}
