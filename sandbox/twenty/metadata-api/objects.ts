import type { AuthContext, ObjectMetadata } from '../types.ts';
import { changeMetadata } from '../metadata/change.ts';
import { createObject, deleteObject, type NewObject, type ObjectUpdate, updateObject } from '../metadata/objects.ts';
import type { Server } from '../server.ts';
import { demandDataModel } from './data-model.ts';
import type { MetadataModule } from './module.ts';
import { objectsSdl } from './objects-sdl.ts';
import { pageOf } from './paging.ts';
import { objectView, type ObjectView } from './views.ts';

export const objectsModule: MetadataModule = {
  typeDefs: objectsSdl,
  queries: {
    objects: async ({ paging }, context) => {
      const auth = await demandDataModel(context, false);
      const model = await context.server.models.get(auth.workspaceId);
      return pageOf(
        model.objects.map((object) => objectView(model, object)),
        paging,
        10,
      );
    },
    object: async ({ id }, context) => {
      const auth = await demandDataModel(context, false);
      const model = await context.server.models.get(auth.workspaceId);
      const object = model.byId.get(id);
      if (object === undefined) throw new Error(`Object not found`);
      return objectView(model, object);
    },
  },
  mutations: {
    createOneObject: async ({ input }: { input: { object: NewObject } }, context) => {
      const auth = await demandDataModel(context, true);
      const created = await changeMetadata(context.server, auth.workspaceId, (change) =>
        createObject(change, input.object),
      );
      return current(context.server, auth, created);
    },
    updateOneObject: async ({ input }: { input: { id: string; update: ObjectUpdatePayload } }, context) => {
      const auth = await demandDataModel(context, true);
      const { labelIdentifierFieldMetadataId, imageIdentifierFieldMetadataId, ...update } = input.update;
      const changes: ObjectUpdate = {
        ...update,
        ...(labelIdentifierFieldMetadataId !== undefined && { labelIdentifierFieldId: labelIdentifierFieldMetadataId }),
        ...(imageIdentifierFieldMetadataId !== undefined && { imageIdentifierFieldId: imageIdentifierFieldMetadataId }),
      };
      const updated = await changeMetadata(context.server, auth.workspaceId, (change) =>
        updateObject(change, input.id, changes),
      );
      return current(context.server, auth, updated);
    },
    deleteOneObject: async ({ input }: { input: { id: string } }, context) => {
      const auth = await demandDataModel(context, true);
      const before = await context.server.models.get(auth.workspaceId);
      const deleted = await changeMetadata(context.server, auth.workspaceId, (change) =>
        deleteObject(change, input.id),
      );
      context.server.roles.invalidate(auth.workspaceId);
      return objectView(before, deleted);
    },
  },
};

type ObjectUpdatePayload = Omit<ObjectUpdate, 'labelIdentifierFieldId' | 'imageIdentifierFieldId'> & {
  labelIdentifierFieldMetadataId?: string;
  imageIdentifierFieldMetadataId?: string;
};

/** The object as it is once the change is committed. */
async function current(server: Server, auth: AuthContext, changed: ObjectMetadata): Promise<ObjectView> {
  server.roles.invalidate(auth.workspaceId);
  const model = await server.models.get(auth.workspaceId);
  return objectView(model, model.byId.get(changed.id) ?? changed);
}
