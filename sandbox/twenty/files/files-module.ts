import { extname } from 'node:path';
import { requireAuth, requireFlag } from '../auth/require.ts';
import { GraphqlError } from '../errors.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import type { RequestContext, Server } from '../server.ts';
import type { FieldMetadata } from '../types.ts';
import { readHead, writeStored } from './disk.ts';
import { findFile, insertFile, setMimeType, setStatus, type NewFile, type StoredFile } from './files.ts';
import { mimeTypeOf } from './mime-types.ts';
import { downloadUrl, uploadUrl } from './urls.ts';

const MAX_BYTES = 1_073_741_824;

const typeDefs = /* GraphQL */ `
  type FileUploadTarget {
    fileId: UUID!
    uploadUrl: String!
    contentType: String!
    expiresAt: DateTime!
  }
  type FileWithSignedUrl {
    id: UUID!
    path: String!
    size: Float!
    createdAt: DateTime!
    url: String!
  }

  extend type Mutation {
    createFileUpload(
      filename: String!
      size: Float!
      fileFolder: FileFolder!
      fieldMetadataId: String
      fieldMetadataUniversalIdentifier: String
    ): FileUploadTarget!
    completeFileUpload(fileId: String!): FileWithSignedUrl!
    uploadFilesFieldFileByUniversalIdentifier(
      file: Upload!
      fieldMetadataUniversalIdentifier: String!
    ): FileWithSignedUrl!
  }
`;

/** Errors of this area have no error filter in Twenty: all are INTERNAL_SERVER_ERROR (2.21, measured). */
export const filesModule: MetadataModule = {
  typeDefs,
  queries: {},
  mutations: {
    createFileUpload: async (input, context) => {
      const { workspaceId } = await requireFlag(context, 'UPLOAD_FILE');
      const file = await insertFile(context.server.store, {
        ...(await placeOf(context, input)),
        workspaceId,
        filename: checkName(input.filename),
        size: checkSize(input.size),
      });
      const { url, expiresAt } = await uploadUrl(context.server, file);
      return { fileId: file.id, uploadUrl: url, contentType: file.mimeType, expiresAt };
    },
    completeFileUpload: async ({ fileId }, context) => {
      const { workspaceId } = await requireFlag(context, 'UPLOAD_FILE');
      const file = await findFile(context.server.store, workspaceId, fileId);
      if (file === undefined) throw failure(`File not found: ${fileId}`, 'File not found.');
      return complete(context.server, file);
    },
    uploadFilesFieldFileByUniversalIdentifier: async ({ file, fieldMetadataUniversalIdentifier }, context) => {
      const { workspaceId } = await requireFlag(context, 'UPLOAD_FILE');
      const { server } = context;
      const stored = await insertFile(server.store, {
        ...(await placeOf(context, { fileFolder: 'FilesField', fieldMetadataUniversalIdentifier })),
        workspaceId,
        filename: file.filename,
        size: checkSize(file.content.length),
      });
      await writeStored(server.filesDir, stored.path, file.content);
      await setStatus(server.store, [stored.id], 'UPLOADED');
      return complete(server, { ...stored, status: 'UPLOADED' });
    },
  },
};

async function complete(server: Server, file: StoredFile) {
  if (file.status === 'PENDING') {
    throw failure(
      `File ${file.id} has not been uploaded to storage yet`,
      'The file has not been uploaded yet. Please upload it before confirming.',
    );
  }
  if (file.status !== 'UPLOADED' && file.status !== 'CONFIRMED') {
    throw failure(
      `File ${file.id} is not awaiting an upload confirmation`,
      'This file upload has already been finalized.',
    );
  }
  await setMimeType(server.store, file.id, await mimeTypeOf(await readHead(server.filesDir, file.path), file.path));
  await setStatus(server.store, [file.id], 'CONFIRMED');
  const { id, path, declaredSize: size, createdAt } = file;
  return { id, path, size, createdAt, url: await downloadUrl(server, file) };
}

type Place = { fileFolder: string; fieldMetadataId?: string; fieldMetadataUniversalIdentifier?: string };

async function placeOf(context: RequestContext, place: Place): Promise<Pick<NewFile, 'folder' | 'scope'>> {
  const folder = place.fileFolder.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  if (place.fileFolder !== 'FilesField') return { folder, scope: '' };
  const { fieldMetadataId, fieldMetadataUniversalIdentifier } = place;
  const problem = 'fieldMetadataId or fieldMetadataUniversalIdentifier must be provided';
  if (fieldMetadataId === undefined && fieldMetadataUniversalIdentifier === undefined) throw failure(problem, problem);
  const { fieldById } = await context.server.models.get(requireAuth(context).workspaceId);
  const isMeant = (field: FieldMetadata) =>
    field.id === fieldMetadataId || field.universalIdentifier === fieldMetadataUniversalIdentifier;
  const field = [...fieldById.values()].find(isMeant);
  if (field?.type !== 'FILES') throw failure('Files field not found', 'Files field not found');
  return { folder, scope: field.universalIdentifier };
}

function checkName(filename: string): string {
  if (extname(filename) !== '') return filename;
  throw failure('Filename must have an extension', 'Access denied.');
}

function checkSize(size: number): number {
  if (Number.isInteger(size) && size > 0 && size <= MAX_BYTES) return size;
  throw failure(
    `Invalid file size ${size} (max ${MAX_BYTES} bytes)`,
    'The file is empty or exceeds the maximum allowed size.',
  );
}

function failure(message: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'INTERNAL_SERVER_ERROR', { userFriendlyMessage });
}
