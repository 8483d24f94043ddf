import { buffer as collect } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type FileStore, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

export type ReadingFiles = { readonly tables: PluginTables; readonly files: FileStore };

export const expand = promisify(brotliDecompress);

/**
 * Files that a message carries and that are kept apart from its source. Nobody gets one by its hash alone.
 *
 * @param ids SHA-256 of each; those that the message does not carry, or that stand in its source, are not among the answers
 */
export async function readKept(
  { tables, files }: ReadingFiles,
  messageId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await tables.query<{ id: string; bytes: Buffer | null }>(sql`
    select file.id, file.bytes from mail_file_use carried
      join mail_file file on file.tenant_id = ${thisTenant} and file.id = carried.file_id
      where carried.tenant_id = ${thisTenant} and carried.message_id = ${messageId}::uuid
        and carried.file_id = any(${[...ids]}::text[])`);
  const kept = new Map<string, Buffer>();
  for (const { id, bytes } of rows)
    kept.set(id, bytes === null ? await collect(await files.open(id)) : await expand(bytes));
  return kept;
}
