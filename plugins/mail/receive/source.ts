import { buffer as collect } from 'node:stream/consumers';
import { type FileStore, NotFoundError, PayloadError, sql, thisTenant } from '@switchboard/core/contract';
import { closeGaps, type Gap } from '../files/gaps.ts';
import type { TakenFile } from '../files/kept.ts';
import { expand, readKept, type ReadingFiles } from '../files/read.ts';
import { letGo } from './let-go.ts';
import type { PreparedSource } from './prepare.ts';

/** Under which the hub's files hold the bytes of a large message. */
export const sourceKey = (messageId: string): string => `source/${messageId}`;

/** The bytes of a message, ready to be stored: without its files, which are kept apart, or whole in the hub's files. */
export type Source =
  | { readonly packed: Buffer; readonly gaps: readonly Gap[]; readonly files: readonly TakenFile[] }
  | { readonly file: string };

/** Puts into the hub's files what is too much for a row. What no commit keeps is gone there a day later. */
export async function putSource(
  raw: Buffer,
  prepared: PreparedSource | undefined,
  store: Pick<FileStore, 'put'>,
): Promise<Source> {
  if (prepared === undefined) return { file: (await store.put(chunks(raw))).id };
  const files: TakenFile[] = [];
  for (const { id, packed, large } of prepared.files) {
    if (large !== undefined) await store.put(chunks(large));
    letGo(large);
    files.push({ id, packed });
  }
  return { packed: prepared.packed, gaps: prepared.gaps, files };
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
export async function readSource(context: ReadingFiles, messageId: string): Promise<Buffer> {
  const { tables, files } = context;
  const [row] = await tables.query<{ bytes: Buffer | null; gaps: Gap[] | null; source_file: string | null }>(sql`
    select source.bytes, source.gaps, message.source_file
      from mail_message message
      left join mail_source source on source.tenant_id = ${thisTenant} and source.message_id = message.id
      where message.tenant_id = ${thisTenant} and message.id = ${messageId}::uuid`);
  if (row?.source_file) return await collect(await files.open(row.source_file));
  if (!row?.bytes) throw new NotFoundError('There is no such message');
  const gaps = row.gaps ?? [];
  const kept = await readKept(context, messageId, [...new Set(gaps.map(({ file }) => file))]);
  return closeGaps(await expand(row.bytes), gaps, (file) => {
    const bytes = kept.get(file);
    if (bytes !== undefined) return bytes;
    throw new PayloadError('A file of this message is missing', { remedy: 'Put the database back from the backup.' });
  });
}
