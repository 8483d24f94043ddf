import { GraphqlError } from '../errors.ts';
import { readStored, removeStored, writeStored } from '../files/disk.ts';
import type { Server } from '../server.ts';
import type { Application } from './applications.ts';
import { invalidApplicationInput } from './errors.ts';

/** Folders an application's own files may go to, in the spelling of the enum FileFolder. */
const FOLDERS: readonly string[] = [
  'BuiltLogicFunction',
  'BuiltFrontComponent',
  'PublicAsset',
  'Source',
  'Dependencies',
];

/** Stores a source or a built file of an application; a later upload of the same path replaces it. */
export async function storeApplicationFile(
  server: Server,
  application: Application,
  folder: string,
  path: string,
  content: Buffer,
): Promise<void> {
  if (!FOLDERS.includes(folder)) {
    throw invalidApplicationInput(
      `Invalid fileFolder for application file upload. Allowed values: ${FOLDERS.join(', ')}`,
    );
  }
  if (path.split(/[/\\]/).includes('..') || path.startsWith('/')) {
    throw invalidApplicationInput(`Invalid file path: ${path}`);
  }
  await writeStored(server.filesDir, `${folderOf(application)}/${folder}/${path}`, content);
}

/** The version in the package.json that has to be uploaded before the first sync (Twenty 2.21, measured). */
export async function uploadedVersion(server: Server, application: Application): Promise<string | null> {
  const content = await readStored(server.filesDir, `${folderOf(application)}/Dependencies/package.json`);
  if (content !== undefined) return versionOf(content.toString());
  throw new GraphqlError('File not found', 'INTERNAL_SERVER_ERROR', { userFriendlyMessage: 'File not found.' });
}

export async function removeApplicationFiles(server: Server, application: Application): Promise<void> {
  await removeStored(server.filesDir, folderOf(application));
}

export function versionOf(packageJson: string): string | null {
  const { version } = JSON.parse(packageJson) as { version?: unknown };
  return typeof version === 'string' ? version : null;
}

function folderOf(application: Application): string {
  return `${application.workspaceId}/applications/${application.id}`;
}
