import {
  ForbiddenError,
  type HeldRecording,
  type MailAttachment,
  NotFoundError,
  recordings,
} from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { recordingName } from './case-files.ts';
import { findReceived, findSent, receivedFile, sentFile } from './one-mail.ts';
import { findUpload } from './uploads.ts';
import type { Viewer } from './viewer.ts';

const id = z.uuid('must be an id').toLowerCase();

/** One that was uploaded before, a file of a mail that the author may see, or the recording of a call that the author may hear. */
export const attachment = z.union([
  z.object({ upload: z.string().min(1).max(100), name: z.string().min(1).max(200) }),
  z.object({ mailId: id, kind: z.enum(['received', 'sent']).default('received'), section: z.string().min(1).max(100) }),
  z.object({ callId: id, recordingId: z.string().min(1).max(100) }),
]);

type Given = z.output<typeof attachment>;

export type Attached = {
  readonly file: MailAttachment;
  /** What has to be noted before it goes. */
  readonly recording: HeldRecording | undefined;
};

/** @throws NotFoundError for what is not there and what the author may not see; ForbiddenError where the role may hear no recordings */
export async function attach(context: Context, viewer: Viewer, given: Given): Promise<Attached> {
  if ('upload' in given) {
    await findUpload(context, viewer, given.upload);
    return { file: { file: given.upload, name: given.name }, recording: undefined };
  }
  if ('callId' in given) return await recordingOf(context, viewer, given);
  const { name, bytes } =
    given.kind === 'received'
      ? await receivedFile(context, await findReceived(context, viewer, given.mailId), given.section)
      : await sentFile(context, await findSent(context, viewer, given.mailId), Number(given.section));
  const { id: file } = await context.files.put(one(bytes));
  return { file: { file, name }, recording: undefined };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function recordingOf(
  context: Context,
  viewer: Viewer,
  { callId, recordingId }: Extract<Given, { callId: string }>,
): Promise<Attached> {
  if (!(await viewer.hearsRecordings())) {
    throw new ForbiddenError('You may not hear recordings, nor send them', {
      field: 'body.attachments',
      remedy: 'An administrator can give your role the permission "Listen to recordings" in the console.',
    });
  }
  const call = await viewer.crm?.get('phoneCall', callId);
  const held = call === undefined ? [] : ((await context.capability(recordings)?.ofCalls([callId])) ?? []);
  const recording = held.find((found) => found.recordingId === recordingId);
  if (recording === undefined) {
    throw new NotFoundError('The hub does not hold this recording', {
      field: 'body.attachments',
      remedy: 'Play it once, which fetches it from the telephone system; or leave it out.',
    });
  }
  const { file, mimeType } = recording;
  return { file: { file, mimeType, name: recordingName(recording, context.tenant.timeZone) }, recording };
}

/** A request that is sent once more is noted once. */
const NOTED_MS = 86_400_000;

/** Before they go: who hands the words of callers to somebody is written down like who hears them. */
export async function noteRecordings(
  { store, commit, clock }: Context,
  { name, email }: Viewer,
  requestId: string,
  sent: readonly HeldRecording[],
): Promise<void> {
  for (const { callId, recordingId, extension } of sent) {
    const key = `recording-sent/${requestId}/${callId}/${recordingId}`;
    if ((await store.get(key)) !== undefined) continue;
    const summary = `${name} attached recording ${recordingId} of extension ${extension} to a mail.`;
    await commit({
      store: [{ key, value: true, expiresAt: new Date(clock.now() + NOTED_MS) }],
      notes: [{ direction: 'out', kind: 'recording', result: 'done', summary, recordId: callId }],
      audit: [
        {
          actor: email,
          action: 'recording.mailed',
          subject: `phoneCall/${callId}`,
          details: { recordingId, extension, requestId },
        },
      ],
    });
  }
}
