import { newestFirst } from '../file/references.ts';
import { type Gap, openGaps } from '../files/gaps.ts';
import type { FileFound } from '../understand/attachments/list.ts';
import { cleaned } from '../understand/text/clean.ts';
import { understandWithFiles, type UnderstandOptions } from '../understand/understand.ts';
import type { Understood } from '../understand/understood.ts';
import { exact } from '../client/exact.ts';
import { columnsOf } from './columns.ts';
import { messageIdOf } from './identity.ts';
import { LARGEST_IN_ROW, pack } from './pack.ts';

export type PrepareOptions = Pick<UnderstandOptions, 'trustedServers'> & {
  /** Written by whoever owns the mailbox. */
  readonly isOutgoing: boolean;
};

/**
 * A message that was understood, in the form in which it is stored. As bytes, because they cross from thread to thread and on to the database as
 * they are, and cost the heap of the hub nothing.
 */
export type Prepared = {
  readonly id: string;
  /** The columns that the message itself tells of: JSON in UTF-8. */
  readonly columns: Buffer;
  /** Ids of messages that it names. */
  readonly named: readonly string[];
  /** Its bytes; undefined when they are too many for a row even without its files. */
  readonly source: PreparedSource | undefined;
};

/** The bytes of a message with its files apart. */
export type PreparedSource = {
  /** Without what was taken out, compressed. */
  readonly packed: Buffer;
  readonly gaps: readonly Gap[];
  readonly files: readonly PreparedFile[];
};

/** One of the two: compressed, or as they are where they are too many for a row. */
type PreparedFile = { readonly id: string; readonly packed: Buffer | undefined; readonly large: Buffer | undefined };

/** All that is done with a message before it is stored. Pure apart from the CPU it takes. */
export async function prepare(raw: Buffer, { isOutgoing, ...options }: PrepareOptions): Promise<Prepared> {
  const { mail, files } = await understandWithFiles(raw, options);
  return {
    id: messageIdOf(mail, isOutgoing),
    columns: asJson(columnsOf(mail)),
    named: newestFirst(mail),
    source: sourceWithout(raw, mail, files),
  };
}

function sourceWithout(raw: Buffer, mail: Understood, files: readonly FileFound[]): PreparedSource | undefined {
  const found = files.map((file, index) => ({ ...file, sha256: mail.attachments[index]?.sha256 ?? '' }));
  const { rest, gaps, taken } = openGaps(raw, found);
  if (rest.length > LARGEST_IN_ROW) return undefined;
  return { packed: pack(rest), gaps, files: [...taken].map(([id, bytes]) => preparedFile(id, bytes)) };
}

function preparedFile(id: string, bytes: Buffer): PreparedFile {
  const isLarge = bytes.length > LARGEST_IN_ROW;
  return { id, packed: isLarge ? undefined : pack(bytes), large: isLarge ? exact(bytes) : undefined };
}

/** What is kept of a message that nobody could read: its bytes, and none of its files apart. */
export function sourceOfUnread(raw: Buffer): PreparedSource | undefined {
  return raw.length > LARGEST_IN_ROW ? undefined : { packed: pack(raw), gaps: [], files: [] };
}

/** The memory of what was prepared, so that it can be handed over to another thread, and given back once it is stored. */
export function memoryOf({ columns, source }: Prepared): Buffer[] {
  if (source === undefined) return [columns];
  return [columns, source.packed, ...source.files.flatMap(({ packed, large }) => packed ?? large ?? [])];
}

/** What was a Buffer in one thread is a plain array of bytes in the other. */
export function withBuffers({ columns, source, ...prepared }: Prepared): Prepared {
  const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = source?.files.map(({ id, packed, large }) => ({
    id,
    packed: packed && view(packed),
    large: large && view(large),
  }));
  return {
    ...prepared,
    columns: view(columns),
    source: source && { ...source, packed: view(source.packed), files: files ?? [] },
  };
}

const unsound = /\\u(?:0000|d[89a-f])/i;

/** What was understood is clean. Should something have slipped through, one message must not keep a whole range from being stored. */
function asJson(columns: object): Buffer {
  const text = JSON.stringify(columns);
  return exact(Buffer.from(unsound.test(text) ? JSON.stringify(columns, cleanedValue) : text));
}

function cleanedValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? cleaned(value) : value;
}
