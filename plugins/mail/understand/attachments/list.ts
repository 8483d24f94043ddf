import { hash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { Attachment, MessageContent, Problem } from '../understood.ts';
import { contentIdOf, fileNameOf } from '../body.ts';
import type { Part } from '../mime/tree.ts';
import type { UuFile } from '../mime/uuencode.ts';
import { decodeTransfer } from '../mime/transfer.ts';
import { safeName, shownName } from './names.ts';
import { type Tnef, unpackTnef } from './tnef.ts';

/** A file of a message before it is described. */
export interface FileFound {
  readonly section: string;
  readonly name: string;
  readonly mimeType: string;
  readonly contentId: string;
  /** Content-Location, by which some senders name their images. */
  readonly location: string;
  readonly disposition: string;
  /** As it stands in the message, still encoded; undefined for a file that stands within another one. */
  readonly written: Buffer | undefined;
  readonly bytes: Buffer;
}

export interface FilesFound {
  readonly files: readonly FileFound[];
  /** The body that stood in a winmail.dat. */
  readonly tnef: Tnef | null;
}

interface DescribeOptions {
  readonly contents: boolean;
  /** Whether the HTML shows it. */
  readonly isShown: (file: FileFound) => boolean;
  /** What an attached message says; null when it is nested too deep. */
  readonly readMessage: (bytes: Buffer) => Promise<MessageContent | null>;
}

/** The files of a message: its parts, what a winmail.dat holds, and what stood in the text in uuencode. */
export function findFiles(
  parts: readonly Part[],
  uuencoded: readonly { readonly section: string; readonly files: readonly UuFile[] }[],
  problems: Set<Problem>,
): FilesFound {
  const files: FileFound[] = [];
  let tnef: Tnef | null = null;
  for (const part of parts) {
    const { bytes, broken, unknown } = decodeTransfer(part.body, part.encoding);
    if (broken) problems.add('broken-encoding');
    if (unknown) problems.add('unknown-encoding');
    if (part.type === 'message/partial') problems.add('partial-message');
    if (binhexTypes.has(part.type)) problems.add('undecoded-file');
    const name = shownName(fileNameOf(part));
    files.push({
      section: part.section,
      name,
      mimeType: part.type,
      contentId: contentIdOf(part),
      location: part.fields.find((field) => field.name === 'content-location')?.value.trim() ?? '',
      disposition: part.disposition,
      written: part.body,
      bytes,
    });
    if (!isTnef(part.type, name)) continue;
    const unpacked = unpackedOrNull(bytes, problems);
    tnef ??= unpacked;
    files.push(
      ...(unpacked?.files ?? []).map((file, index) =>
        inner(`${part.section}!${index + 1}`, shownName(file.name), file.mimeType, file.contentId, file.bytes),
      ),
    );
  }
  for (const { section, files: found } of uuencoded) {
    files.push(
      ...found.map((file, index) => inner(`${section}!${index + 1}`, shownName(file.name), '', '', file.bytes)),
    );
  }
  return { files, tnef };
}

const binhexTypes = new Set(['application/mac-binhex40', 'application/mac-binhex']);

function inner(section: string, name: string, mimeType: string, contentId: string, bytes: Buffer): FileFound {
  return {
    section,
    name,
    mimeType: mimeType || 'application/octet-stream',
    contentId,
    location: '',
    disposition: '',
    written: undefined,
    bytes,
  };
}

function isTnef(type: string, name: string): boolean {
  return type === 'application/ms-tnef' || type === 'application/vnd.ms-tnef' || /^winmail\.dat$/i.test(name);
}

function unpackedOrNull(bytes: Buffer, problems: Set<Problem>): Tnef | null {
  try {
    const tnef = unpackTnef(bytes);
    if (!tnef) problems.add('broken-tnef');
    return tnef;
  } catch {
    // Cut off in the middle: the reads of Buffer throw RangeError. The file itself stays listed.
    problems.add('broken-tnef');
    return null;
  }
}

export async function describeFile(file: FileFound, options: DescribeOptions): Promise<Attachment> {
  const foundType = file.bytes.length < 4 ? '' : ((await fileTypeOf(file.bytes)) ?? '');
  const message =
    file.mimeType === 'message/rfc822' || file.mimeType === 'message/global'
      ? await options.readMessage(file.bytes)
      : null;
  const kind = file.mimeType === 'application/octet-stream' && foundType !== '' ? foundType : file.mimeType;
  const fallback = message && message.subject !== '' ? shownName(message.subject).slice(0, 80) : 'attachment';
  return {
    name: file.name,
    safeName:
      file.name === ''
        ? safeName('', kind, safeName(fallback, 'application/octet-stream', 'attachment'))
        : safeName(file.name, kind, 'attachment'),
    mimeType: file.mimeType,
    foundType,
    bytes: file.bytes.length,
    sha256: hash('sha256', file.bytes, 'hex'),
    contentId: file.contentId,
    inline: options.isShown(file) || file.disposition === 'inline',
    section: file.section,
    ...(options.contents ? { content: new Uint8Array(file.bytes) } : {}),
    ...(message ? { message } : {}),
  };
}

async function fileTypeOf(bytes: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    // A file cut off where the detector wanted to read on.
    return undefined;
  }
}
