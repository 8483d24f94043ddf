import { extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type FileStore, type MailAttachment, PayloadError } from '@switchboard/core/contract';
import { detectMimeType } from 'nodemailer/lib/mime-funcs';
import type { OutgoingFile } from './outgoing.ts';
import { headerText } from './recipient.ts';

/** What most providers take, with room for what base64 adds. */
const MOST_BYTES = 18 * 1024 * 1024;

/** Under which the hub holds a file until it is part of the bytes of its mail. */
export function attachmentKey(mailId: string, index: number): string {
  return `outgoing/${mailId}/${index}`;
}

/** @throws PayloadError for a file that is not there, and for too much of them */
export async function readFiles(files: FileStore, wanted: readonly MailAttachment[]): Promise<OutgoingFile[]> {
  const found = await Promise.all(wanted.map((one, index) => readFile(files, one, index)));
  const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes <= MOST_BYTES) return found;
  throw new PayloadError(`The files have ${Math.ceil(bytes / 1024 / 1024)} MiB together; mail carries 18`, {
    field: 'attachments',
    reason: 'mail.files-too-large',
    values: { bytes: `${Math.ceil(bytes / 1024 / 1024)} MiB`, most: '18 MiB' },
    remedy: 'Leave some out, or send them in several mails.',
  });
}

async function readFile(files: FileStore, { file, name, mimeType }: MailAttachment, index: number) {
  const stored = await files.find(file);
  const field = `attachments.${index}`;
  if (stored === undefined)
    throw new PayloadError('The hub does not have this file', {
      field,
      reason: 'mail.file-gone',
      remedy: 'Upload it again.',
    });
  const safeName = headerText(name).replaceAll(/[/\\]/g, '_').slice(0, 200);
  if (safeName === '') throw new PayloadError('A file has no name', { field, remedy: 'Name it, with its extension.' });
  return {
    file,
    name: safeName,
    mimeType: mimeType ?? detectMimeType(extname(safeName).slice(1)),
    bytes: stored.bytes,
  };
}

export async function contents(files: FileStore, attachments: readonly OutgoingFile[]) {
  return await Promise.all(
    attachments.map(async ({ file, name, mimeType }) => ({
      name,
      mimeType,
      content: await buffer(await files.open(file)),
    })),
  );
}
