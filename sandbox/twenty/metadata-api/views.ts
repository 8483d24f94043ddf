import { objectById } from '../records/session.ts';
import type { FieldMetadata, IndexMetadata, Model, ObjectMetadata, RelationEnd } from '../types.ts';
import { pageOf, type Paging } from './paging.ts';

/** An object as /metadata shows it; fields and indexes only when selected. */
export type ObjectView = Omit<ObjectMetadata, 'fields' | 'indexes'> & {
  isRemote: false;
  isUIReadOnly: boolean;
  isCustom: boolean;
  labelIdentifierFieldMetadataId: string | null;
  imageIdentifierFieldMetadataId: string | null;
  fieldsList: () => FieldView[];
  fields: (args: { paging?: Paging }) => object;
  indexMetadataList: () => object[];
  indexMetadatas: (args: { paging?: Paging }) => object;
  searchFieldMetadataList: () => object[];
};

export function objectView(model: Model, object: ObjectMetadata): ObjectView {
  const { fields, indexes, ...rest } = object;
  const fieldViews = () => fields.map((field) => fieldView(model, field));
  return {
    ...rest,
    isRemote: false,
    isUIReadOnly: !object.isUIEditable,
    isCustom: object.applicationId !== model.workspace.standardApplicationId,
    labelIdentifierFieldMetadataId: object.labelIdentifierFieldId,
    imageIdentifierFieldMetadataId: object.imageIdentifierFieldId,
    fieldsList: fieldViews,
    fields: ({ paging }) => pageOf(fieldViews(), paging, 10),
    indexMetadataList: () => indexes.map(indexView),
    indexMetadatas: ({ paging }) => pageOf(indexes.map(indexView), paging, 10),
    searchFieldMetadataList: () =>
      object.searchFieldIds.map((id, position) => ({ id, fieldMetadataId: id, objectMetadataId: object.id, position })),
  };
}

export function indexView(index: IndexMetadata): IndexMetadata & { id: string } & Record<string, unknown> {
  const { createdAt, updatedAt } = index;
  return {
    ...index,
    indexWhereClause: index.whereClause,
    indexFieldMetadataList: index.fields.map((field) => ({ ...field, createdAt, updatedAt })),
  };
}

/** A field as /metadata shows it; related objects and fields only when selected. */
export type FieldView = Omit<FieldMetadata, 'relations'> & {
  isUIReadOnly: boolean;
  isCustom: boolean;
  relation: RelationView | null;
  morphRelations: RelationView[] | null;
  object: () => ObjectView;
};

type RelationView = {
  type: RelationEnd['type'];
  sourceObjectMetadata: () => ObjectView;
  targetObjectMetadata: () => ObjectView;
  sourceFieldMetadata: () => FieldView;
  targetFieldMetadata: () => FieldView;
};

export function fieldView(model: Model, field: FieldMetadata): FieldView {
  const { relations, ...rest } = field;
  const views = relations.map((end) => relationView(model, field, end));
  return {
    ...rest,
    settings: Object.keys(field.settings ?? {}).length === 0 ? null : field.settings,
    isUIReadOnly: !field.isUIEditable,
    isCustom: field.applicationId !== model.workspace.standardApplicationId,
    relation: field.type === 'RELATION' ? (views[0] ?? null) : null,
    morphRelations: field.type === 'MORPH_RELATION' ? views : null,
    object: () => objectView(model, objectById(model, field.objectMetadataId)),
  };
}

function relationView(model: Model, field: FieldMetadata, end: RelationEnd): RelationView {
  return {
    type: end.type,
    sourceObjectMetadata: () => objectView(model, objectById(model, field.objectMetadataId)),
    targetObjectMetadata: () => objectView(model, objectById(model, end.targetObjectId)),
    sourceFieldMetadata: () => fieldView(model, field),
    targetFieldMetadata: () => fieldView(model, model.fieldById.get(end.targetFieldId) ?? field),
  };
}
