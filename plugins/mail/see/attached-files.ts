import { crmFileName, type CrmRecord, NotFoundError, PayloadError, UpstreamError } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { safeName, shownName } from '../understand/attachments/names.ts';
import { LARGEST_UPLOAD, takeUpload } from './uploads.ts';
import type { Viewer } from './viewer.ts';

/** What people have put to a case in Twenty. How large it is, Twenty does not tell before it is read (2.21, measured). */
export type AttachedFile = {
  readonly kind: 'attached';
  /** The `attachment`. */
  readonly attachmentId: string;
  /** Of the entry in its list. */
  readonly fileId: string;
  readonly name: string;
  /** Who put it there, as Twenty calls them; empty where it does not say. */
  readonly by: string;
  readonly at: Date;
};

const MOST_MERGED = 50;
const MOST_ATTACHMENTS = 1000;

/** Of the case and of those that were merged into it, as far as the role may read them. */
export async function attachedFiles(context: Context, viewer: Viewer, caseId: string): Promise<AttachedFile[]> {
  const crm = viewer.crm ?? context.crm;
  const merged = await crm.findBy('serviceCase', 'mergedIntoId', caseId, MOST_MERGED);
  const found = await Promise.all(
    [caseId, ...merged.map(({ id }) => id)].map(
      async (id) => await crm.findBy('attachment', 'targetServiceCaseId', id, MOST_ATTACHMENTS),
    ),
  );
  return found.flat().flatMap(filesOf);
}

const entries = z.array(
  z.object({ fileId: z.string().min(1), label: z.string(), extension: z.string().nullish().catch(undefined) }),
);
const author = z.object({ name: z.string() });

function filesOf({ id: attachmentId, file, createdAt, createdBy }: CrmRecord): AttachedFile[] {
  const by = author.safeParse(createdBy).data?.name ?? '';
  const at = new Date(String(createdAt));
  return (entries.safeParse(file).data ?? []).map((entry) => ({
    kind: 'attached',
    attachmentId,
    fileId: entry.fileId,
    name: harmless(crmFileName(entry)),
    by,
    at,
  }));
}

/** People call files what they like; the name has to pass through mail and to land on somebody's disk. */
const harmless = (name: string): string => safeName(shownName(name), 'application/octet-stream', 'file');

export const wantedFile = z.object({
  attachmentId: z.uuid('must be an id').toLowerCase(),
  fileId: z.string().min(1).max(100),
});

type Taken = { readonly upload: string; readonly bytes: number; readonly name: string };

/**
 * Brings a file of a case to the hub, as if the member had uploaded it: from then on the mail has its bytes, whatever becomes of it, and of Twenty, until the
 * mail is due. Twice is the same upload.
 *
 * @throws NotFoundError for what is gone and what the member may not see; UpstreamError when Twenty does not hand it out; PayloadError when mail cannot carry it
 */
export async function takeAttached(
  context: Context,
  viewer: Viewer,
  { attachmentId, fileId }: z.output<typeof wantedFile>,
  signal: AbortSignal,
): Promise<Taken> {
  await assertSeen(context, viewer, { attachmentId, fileId });
  try {
    const place = { object: 'attachment', recordId: attachmentId, field: 'file', fileId };
    const { name, content } = await context.crmFiles.open(place, signal);
    return { ...(await takeUpload(context, viewer, content)), name: harmless(name) };
  } catch (error) {
    throw inOwnWords(error);
  }
}

async function assertSeen(
  context: Context,
  viewer: Viewer,
  { attachmentId, fileId }: z.output<typeof wantedFile>,
): Promise<void> {
  const found = await (viewer.crm ?? context.crm).get('attachment', attachmentId);
  const caseId = z.uuid().safeParse(found?.['targetServiceCaseId']).data;
  const isListed = found !== undefined && filesOf(found).some((file) => file.fileId === fileId);
  if (caseId === undefined || !isListed || !(await viewer.seesCase(caseId))) throw isGone();
}

const field = 'body.fileId';

const isGone = (cause?: unknown): NotFoundError =>
  new NotFoundError('Twenty does not have this file any more', {
    field,
    reason: 'mail.case-file-gone',
    remedy: 'Look at the files of the case in Twenty.',
    cause,
  });

/** Who writes a mail can do nothing about addresses and keys. */
function inOwnWords(error: unknown): unknown {
  if (error instanceof NotFoundError) return isGone(error);
  if (error instanceof UpstreamError) {
    return new UpstreamError('Twenty does not hand out this file at the moment', {
      field,
      reason: 'mail.case-file-silent',
      remedy: 'Try again in a minute, or add the file from your computer.',
      cause: error,
    });
  }
  if (!(error instanceof PayloadError)) return error;
  return new PayloadError('This file is empty, or larger than a mail can carry', {
    field,
    reason: 'mail.case-file-size',
    values: { most: `${LARGEST_UPLOAD / 1024 / 1024} MiB` },
    remedy: `Mail carries up to ${LARGEST_UPLOAD / 1024 / 1024} MiB: offer the file for download and send the address.`,
    cause: error,
  });
}
