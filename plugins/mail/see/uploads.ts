import { NotFoundError, RateLimitedError, type StoreChange } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import type { Viewer } from './viewer.ts';

/** Files that members have uploaded and not sent yet. Each is kept for a day, and goes by itself when nothing was sent with it. */

/** From the upload to the click on "send". */
const UPLOAD_MS = 86_400_000;
/** What one member may have lying here. Uploads of the same moment can exceed it by what is on its way. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 500;

/** Of one file: a mail carries no more. */
export const LARGEST_UPLOAD = 18 * 1024 * 1024;

const kept = z.object({ bytes: z.number(), until: z.iso.datetime(), isSent: z.boolean() });

/** Only who has uploaded a file may attach it by its name. */
const prefix = ({ memberId }: Viewer): string => `upload/${memberId ?? 'operator'}`;
const keyOf = (viewer: Viewer, upload: string): string => `${prefix(viewer)}/${upload}`;

type Uploading = Pick<Context, 'store' | 'files' | 'commit' | 'clock'>;

/** @throws RateLimitedError while too much of the member lies here; PayloadError for an empty or too large file */
export async function takeUpload(
  context: Uploading,
  viewer: Viewer,
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly upload: string; readonly bytes: number }> {
  const { files, commit, clock } = context;
  await assertRoom(context, viewer, { bytes: 1, upload: '' });
  const { id: upload, bytes } = await files.put(source, { maxBytes: LARGEST_UPLOAD });
  await assertRoom(context, viewer, { bytes, upload });
  const expiresAt = new Date(clock.now() + UPLOAD_MS);
  const key = keyOf(viewer, upload);
  const value = { bytes, until: expiresAt.toISOString(), isSent: false };
  await commit({ store: [{ key, value, expiresAt }], keeps: [{ key, file: upload, until: expiresAt }] });
  return { upload, bytes };
}

async function assertRoom(
  { store }: Uploading,
  viewer: Viewer,
  { bytes, upload }: { readonly bytes: number; readonly upload: string },
): Promise<void> {
  const entries = await store.range(`${prefix(viewer)}/`, `${prefix(viewer)}0`, 1_000);
  const waiting = entries
    .filter(({ key }) => key !== keyOf(viewer, upload))
    .flatMap(({ value }) => kept.safeParse(value).data ?? [])
    .filter(({ isSent }) => !isSent);
  const used = waiting.reduce((sum, one) => sum + one.bytes, 0);
  if (used + bytes <= MOST_BYTES && waiting.length < MOST_FILES) return;
  const megabytes = Math.round(used / 1024 / 1024);
  throw new RateLimitedError(
    `You have uploaded ${waiting.length} files (${megabytes} MB) that were not sent; more than ${MOST_FILES} files or 256 MB are not kept`,
    3_600_000,
    { field: 'body', remedy: 'Send what you have uploaded, or wait: each file that is not sent goes after a day.' },
  );
}

/** @throws NotFoundError for one of somebody else, too */
export async function findUpload({ store }: Pick<Context, 'store'>, viewer: Viewer, upload: string): Promise<void> {
  if ((await store.get(keyOf(viewer, upload))) !== undefined) return;
  throw new NotFoundError('There is no such upload of yours', {
    field: 'body.attachments',
    remedy: 'Upload it again.',
  });
}

/** What was sent takes no room any more; it stays for its day, so that the same request can be sent again. */
export async function noteSent(
  { store, commit }: Pick<Context, 'store' | 'commit'>,
  viewer: Viewer,
  uploads: readonly string[],
): Promise<void> {
  const changes: StoreChange[] = [];
  for (const upload of new Set(uploads)) {
    const key = keyOf(viewer, upload);
    const { data } = kept.safeParse(await store.get(key));
    if (data === undefined || data.isSent) continue;
    changes.push({ key, value: { ...data, isSent: true }, expiresAt: new Date(data.until) });
  }
  if (changes.length > 0) await commit({ store: changes });
}
