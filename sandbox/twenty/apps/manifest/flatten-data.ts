import type { Entity } from './entities.ts';
import type { FieldManifest, IndexManifest, Manifest, ObjectManifest } from './manifest.ts';

/** Objects, fields of own and other objects, and indexes. */
export function flattenData(manifest: Manifest): Entity[] {
  const objects = manifest.objects ?? [];
  return [
    ...objects.map(objectEntity),
    ...objects.flatMap((object) => object.fields.map((field) => fieldEntity(field, object.universalIdentifier))),
    ...(manifest.fields ?? []).map((field) => fieldEntity(field, field.objectUniversalIdentifier)),
    ...(manifest.indexes ?? []).map(indexEntity),
  ];
}

function objectEntity(object: ObjectManifest): Entity {
  const { universalIdentifier } = object;
  return {
    kind: 'objectMetadata',
    universalIdentifier,
    definition: {
      universalIdentifier,
      nameSingular: object.nameSingular,
      namePlural: object['namePlural'],
      labelSingular: object['labelSingular'],
      labelPlural: object['labelPlural'],
      description: object['description'] ?? null,
      icon: object['icon'] ?? null,
      isSearchable: object['isSearchable'] ?? true,
      isUICreatable: object['isUICreatable'] ?? true,
      isUIEditable: object['isUIEditable'] ?? true,
      labelIdentifierFieldMetadataUniversalIdentifier:
        object['labelIdentifierFieldMetadataUniversalIdentifier'] ?? null,
    },
  };
}

function fieldEntity(field: FieldManifest, objectUniversalIdentifier: string): Entity {
  const { universalIdentifier } = field;
  return {
    kind: 'fieldMetadata',
    universalIdentifier,
    definition: {
      universalIdentifier,
      objectMetadataUniversalIdentifier: objectUniversalIdentifier,
      type: field.type,
      name: field.name,
      label: field.label,
      description: field['description'] ?? null,
      icon: field['icon'] ?? null,
      options: field['options'] ?? null,
      defaultValue: field['defaultValue'] ?? null,
      universalSettings: field.universalSettings ?? null,
      isUIEditable: field['isUIEditable'] ?? true,
      isNullable: field['isNullable'] ?? true,
      isUnique: field['isUnique'] ?? false,
      morphId: field['morphId'] ?? null,
      relationTargetFieldMetadataUniversalIdentifier: field.relationTargetFieldMetadataUniversalIdentifier ?? null,
      relationTargetObjectMetadataUniversalIdentifier: field.relationTargetObjectMetadataUniversalIdentifier ?? null,
    },
  };
}

function indexEntity(index: IndexManifest): Entity {
  const { universalIdentifier } = index;
  return {
    kind: 'index',
    universalIdentifier,
    definition: {
      universalIdentifier,
      objectMetadataUniversalIdentifier: index.objectUniversalIdentifier,
      indexType: index['indexType'] ?? 'BTREE',
      isUnique: index['isUnique'] ?? false,
      fields: index.fields.map((field) => ({
        fieldMetadataUniversalIdentifier: field['fieldUniversalIdentifier'],
        subFieldName: field['subFieldName'] ?? null,
      })),
    },
  };
}
