import { buffer as collect } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type FileStore, NotFoundError, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** Under which the hub's files hold the bytes of a large message. */
export const sourceKey = (messageId: string): string => `source/${messageId}`;

const expand = promisify(brotliDecompress);

/** The bytes of a message, ready to be stored. */
export type Source = { readonly packed: Buffer } | { readonly file: string };

/** For a message whose bytes are too many for a row. */
export async function putSource(raw: Buffer, files: Pick<FileStore, 'put'>): Promise<Source> {
  const { id } = await files.put(chunks(raw));
  return { file: id };
}

const CHUNK_BYTES = 1024 * 1024;

async function* chunks(raw: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < raw.length; start += CHUNK_BYTES) yield raw.subarray(start, start + CHUNK_BYTES);
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
