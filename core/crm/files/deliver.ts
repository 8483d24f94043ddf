import type { Kysely } from 'kysely';
import type { Blobs } from '../../blobs/index.ts';
import type { CrmWrite } from '../../contract/crm.ts';
import {
  ConfigError,
  CredentialsError,
  NotFoundError,
  PostponedError,
  RefusedError,
  UpstreamError,
} from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';
import type { Tables } from '../../store/tables.ts';
import { ServerFaultError } from '../twenty/errors.ts';
import type { FieldIds } from './field-ids.ts';
import { linkWrite } from './link.ts';
import type { TenantWay } from './open-way.ts';
import { findDestination, findWaiting, noteBegun, noteLinked } from './rows.ts';
import type { FileRow } from './rows.ts';
import { gatewayOwner } from './stage.ts';
import { upload } from './upload.ts';

export type DeliverOptions = {
  readonly db: Kysely<Tables>;
  readonly blobs: Blobs;
  readonly open: (tenantId: string) => Promise<TenantWay>;
  readonly stageWrites: (db: Executor, tenantId: string, writes: readonly CrmWrite[]) => Promise<void>;
  readonly fieldIds: FieldIds;
};

/** After that the bytes go, unless somebody else keeps them: long enough to see that the link got through the outbox. */
const keepLinkedMs = 7 * 86_400_000;

/** Uploads a file and has it linked to its record. Run again it goes on where it ended. */
export async function deliverFile(options: DeliverOptions, id: string, signal: AbortSignal): Promise<void> {
  const row = await findWaiting(options.db, id);
  if (row === undefined) return;
  await awaitRecord(options.db, row);
  try {
    const fileId = await send(options, row, signal);
    await link(options, row, fileId);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw patiently(error, row);
  }
}

/** Whether the record is there. A file without one would be an orphan in Twenty. */
async function awaitRecord(db: Executor, row: FileRow): Promise<void> {
  const destination = await findDestination(db, row);
  if (destination === 'deleted') {
    throw new RefusedError(`The ${row.object} that the file belongs to was deleted in Twenty`, {
      remedy: 'Restore it in Twenty and run the job again, or discard the job.',
    });
  }
  // A record named by its id in Twenty need not be in the mirror; Twenty says so when it is not there.
  if (destination === 'there' || (destination === 'unknown' && !row.owned)) return;
  if (destination === 'unknown' && ageMs(row) > longestWaitMs) {
    throw new NotFoundError(`Nobody wrote the ${row.object} that the file belongs to`, { remedy: 'Discard the job.' });
  }
  throw new PostponedError('The record of the file is not in Twenty yet', pauseMs(row));
}

const ageMs = ({ stagedAt }: FileRow): number => Date.now() - stagedAt.getTime();

/** Soon at first, once a minute in the end. */
const pauseMs = (row: FileRow): number => Math.min(500 + ageMs(row) / 2, 60_000);

const longestWaitMs = 86_400_000;

async function send(options: DeliverOptions, row: FileRow, signal: AbortSignal): Promise<string> {
  const { db, blobs } = options;
  const { access, serverUrl } = await options.open(row.tenantId);
  const { object, field } = row;
  const fieldId =
    field === null ? undefined : await options.fieldIds.find(row.tenantId, access, { object, field }, signal);
  return upload(
    { ask: (request) => access.metadata(request, signal), serverUrl },
    {
      name: row.name,
      bytes: row.bytes,
      fieldId,
      begun: row.fileId ?? undefined,
      open: () => blobs.storeOf(row.tenantId).open(row.blobId),
      onBegun: (fileId) => noteBegun(db, row.id, fileId),
    },
    signal,
  );
}

/** The link is a write like any other; from here on the outbox answers for it. */
async function link({ db, blobs, stageWrites }: DeliverOptions, row: FileRow, fileId: string): Promise<void> {
  const { tenantId, blobId } = row;
  await db.transaction().execute(async (transaction) => {
    if (!(await noteLinked(transaction, row.id, fileId))) return;
    await stageWrites(transaction, tenantId, [linkWrite(row, fileId)]);
    const until = new Date(Date.now() + keepLinkedMs);
    await blobs.keep(transaction, { tenantId, owner: gatewayOwner }, { key: row.id, file: blobId, until });
  });
}

/** While nobody can upload anything, no file should use up its tries. */
function patiently(error: unknown, row: FileRow): unknown {
  const isDown = error instanceof UpstreamError && !(error instanceof ServerFaultError);
  if (isDown) return new PostponedError(error.message, pauseMs(row), { cause: error });
  const needsAdmin = error instanceof CredentialsError || error instanceof ConfigError;
  return needsAdmin ? new PostponedError(error.message, 300_000, { cause: error }) : error;
}
