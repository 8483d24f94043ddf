import { buffer as collect } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { type FileStore, NotFoundError, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** More goes to the hub's files: a row is read and written as a whole. */
const LARGEST_IN_ROW = 1024 * 1024;

/** Under which the hub's files hold the bytes of a large message. */
export const sourceKey = (messageId: string): string => `source/${messageId}`;

const compress = promisify(deflateRaw);
const expand = promisify(inflateRaw);

/** The bytes of a message, ready to be stored. */
export type Source = { readonly packed: Buffer } | { readonly file: string };

export async function packSource(raw: Buffer, files: Pick<FileStore, 'put'>): Promise<Source> {
  // The fastest level: text shrinks to a third, and attachments hardly shrink at any.
  if (raw.length <= LARGEST_IN_ROW) return { packed: await compress(raw, { level: 1 }) };
  const { id } = await files.put(chunks(raw));
  return { file: id };
}

async function* chunks(raw: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < raw.length; start += LARGEST_IN_ROW) yield raw.subarray(start, start + LARGEST_IN_ROW);
}

/**
 * The bytes of a message as they came.
 *
 * @throws NotFoundError
 */
export async function readSource(
  { tables, files }: { readonly tables: PluginTables; readonly files: FileStore },
  messageId: string,
): Promise<Buffer> {
  const [row] = await tables.query<{ bytes: Buffer | null; source_file: string | null }>(sql`
    select source.bytes, message.source_file
      from mail_message message
      left join mail_source source on source.tenant_id = ${thisTenant} and source.message_id = message.id
      where message.tenant_id = ${thisTenant} and message.id = ${messageId}::uuid`);
  if (row?.source_file) return await collect(await files.open(row.source_file));
  if (!row?.bytes) throw new NotFoundError('There is no such message');
  return await expand(row.bytes);
}
