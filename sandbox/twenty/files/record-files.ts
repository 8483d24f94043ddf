import { extname } from 'node:path';
import { GraphqlError } from '../errors.ts';
import type { Row, Session } from '../records/session.ts';
import type { Queryable } from '../store.ts';
import type { ObjectMetadata } from '../types.ts';
import { removeStored } from './disk.ts';
import { lockFiles, setStatus, takeDropped } from './files.ts';
import { downloadUrl } from './urls.ts';

/** A file in a FILES field, as it is stored. */
type ListedFile = { fileId: string; label: string };

/**
 * Gives the files that rows list now to these rows, and lets go of those they list no longer: a file belongs to one
 * record. Throws when a file does not exist or belongs to a record already. Runs in the transaction of the write.
 */
export async function moveFiles(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  before: readonly Row[],
  after: readonly Row[],
): Promise<void> {
  const old = fileIds(object, before);
  const current = fileIds(object, after);
  const added = current.filter((id) => !old.includes(id));
  const dropped = old.filter((id) => !current.includes(id));
  if (added.length > 0) await attach(session, tx, added);
  if (dropped.length > 0) await setStatus(tx, dropped, 'DROPPED');
}

/** Removes the content of files no record lists any more, after the write was committed. */
export async function sweepFiles(session: Session, object: ObjectMetadata): Promise<void> {
  if (!object.fields.some((field) => field.type === 'FILES')) return;
  const { server, auth } = session;
  for (const path of await takeDropped(server.store, auth.workspaceId)) await removeStored(server.filesDir, path);
}

/** The value of a FILES field as answers show it: each file with a fresh signed address. */
export async function showFiles(session: Session, value: unknown): Promise<object[] | null> {
  if (!Array.isArray(value)) return null;
  const { server, auth } = session;
  return Promise.all(
    (value as ListedFile[]).map(async ({ fileId, label }) => ({
      label,
      fileId,
      extension: extname(label),
      url: await downloadUrl(server, { id: fileId, workspaceId: auth.workspaceId, folder: 'files-field' }),
    })),
  );
}

async function attach(session: Session, tx: Queryable, ids: readonly string[]): Promise<void> {
  const files = new Map((await lockFiles(tx, session.auth.workspaceId, ids)).map((file) => [file.id, file]));
  for (const id of ids) {
    const file = files.get(id);
    if (file === undefined) throw refused(`File not found: ${id}`, 'Invalid input provided.');
    if (file.status !== 'ATTACHED') continue;
    const message = `File ${id} is already associated with a permanent files field`;
    throw refused(message, `${message}. Please re-upload the file.`);
  }
  await setStatus(tx, ids, 'ATTACHED');
}

function fileIds(object: ObjectMetadata, rows: readonly Row[]): string[] {
  const names = object.fields.filter((field) => field.type === 'FILES').map((field) => field.name);
  return rows.flatMap((row) =>
    names.flatMap((name) => (Array.isArray(row[name]) ? (row[name] as ListedFile[]).map((file) => file.fileId) : [])),
  );
}

function refused(message: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { userFriendlyMessage });
}
