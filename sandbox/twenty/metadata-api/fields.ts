import { changeMetadata } from '../metadata/change.ts';
import {
  createField,
  deleteField,
  type FieldUpdate,
  type NewField,
  type NewRelation,
  updateField,
} from '../metadata/fields.ts';
import { createIndex, deleteIndex, type NewIndex } from '../metadata/indexes.ts';
import { metadataNotFound } from '../metadata/validation.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext, FieldMetadata } from '../types.ts';
import { demandDataModel } from './data-model.ts';
import { fieldsSdl } from './fields-sdl.ts';
import type { MetadataModule } from './module.ts';
import { pageOf, type Paging } from './paging.ts';
import { fieldView, type FieldView, indexView } from './views.ts';

type RelationPayload = {
  type: NewRelation['type'];
  targetObjectMetadataId: string;
  targetFieldLabel: string;
  targetFieldIcon?: string | null;
};

type FieldInput = Omit<NewField, 'relations'> & {
  relationCreationPayload?: RelationPayload | null;
  morphRelationsCreationPayload?: RelationPayload[] | null;
};

export const fieldsModule: MetadataModule = {
  typeDefs: fieldsSdl,
  queries: {
    fields: async ({ paging, filter }: { paging?: Paging; filter?: FieldFilter }, context) => {
      const auth = await demandDataModel(context, false);
      const model = await context.server.models.get(auth.workspaceId);
      const wanted = [...model.fieldById.values()].filter((field) => fits(field, filter));
      return pageOf(
        wanted.map((field) => fieldView(model, field)),
        paging,
        10,
      );
    },
    field: async ({ id }: { id: string }, context) => {
      const auth = await demandDataModel(context, false);
      const model = await context.server.models.get(auth.workspaceId);
      const field = model.fieldById.get(id);
      if (field === undefined)
        throw metadataNotFound('Field not found', 'FIELD_METADATA_NOT_FOUND', 'Field not found.');
      return fieldView(model, field);
    },
  },
  mutations: {
    createOneField: async ({ input }: { input: { field: FieldInput } }, context) => {
      const auth = await demandDataModel(context, true);
      const field = await changeMetadata(context.server, auth.workspaceId, (change) =>
        createField(change, newField(input.field)),
      );
      const view = await current(context, auth, field);
      // The answer to a new morph relation names its first target, unlike later listings (Twenty 2.21, measured).
      return field.type === 'MORPH_RELATION' ? { ...view, name: field.relations[0]?.name ?? field.name } : view;
    },
    updateOneField: async ({ input }: { input: { id: string; update: FieldUpdate } }, context) => {
      const auth = await demandDataModel(context, true);
      const field = await changeMetadata(context.server, auth.workspaceId, (change) =>
        updateField(change, input.id, input.update),
      );
      return current(context, auth, field);
    },
    deleteOneField: async ({ input }: { input: { id: string } }, context) => {
      const auth = await demandDataModel(context, true);
      const before = await context.server.models.get(auth.workspaceId);
      const field = await changeMetadata(context.server, auth.workspaceId, (change) => deleteField(change, input.id));
      context.server.roles.invalidate(auth.workspaceId);
      return fieldView(before, field);
    },
    createOneIndex: async ({ input }: { input: { index: NewIndex } }, context) => {
      const auth = await demandDataModel(context, true);
      return indexView(
        await changeMetadata(context.server, auth.workspaceId, (change) => createIndex(change, input.index)),
      );
    },
    deleteOneIndex: async ({ input }: { input: { id: string } }, context) => {
      const auth = await demandDataModel(context, true);
      return indexView(
        await changeMetadata(context.server, auth.workspaceId, (change) => deleteIndex(change, input.id)),
      );
    },
  },
};

type FieldFilter = { objectMetadataId?: { eq?: string } | null; isActive?: { is?: boolean } | null };

function fits(field: FieldMetadata, filter: FieldFilter | undefined): boolean {
  const objectId = filter?.objectMetadataId?.eq;
  const isActive = filter?.isActive?.is;
  return (
    (objectId === undefined || field.objectMetadataId === objectId) &&
    (isActive === undefined || field.isActive === isActive)
  );
}

function newField(input: FieldInput): NewField {
  const { relationCreationPayload, morphRelationsCreationPayload, ...field } = input;
  const payloads = morphRelationsCreationPayload ?? (relationCreationPayload ? [relationCreationPayload] : []);
  return {
    ...field,
    relations: payloads.map((payload) => ({
      type: payload.type,
      targetObjectId: payload.targetObjectMetadataId,
      inverse: { label: payload.targetFieldLabel, icon: payload.targetFieldIcon ?? null },
    })),
  };
}

/** The field as it is once the change is committed. */
async function current(context: RequestContext, auth: AuthContext, field: FieldMetadata): Promise<FieldView> {
  context.server.roles.invalidate(auth.workspaceId);
  const model = await context.server.models.get(auth.workspaceId);
  return fieldView(model, model.fieldById.get(field.id) ?? field);
}
