import { objectById } from '../records/session.ts';
import type { FieldMetadata, Model, RelationEnd } from '../types.ts';
import { objectView, type ObjectView } from './objects.ts';

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
