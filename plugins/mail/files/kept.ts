import { type FileKeep, json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { letGo } from '../receive/let-go.ts';

/** A file that was taken out of a message, ready to be kept: its bytes compressed, or undefined where the hub's files hold them under its id. */
export type TakenFile = { readonly id: string; readonly packed: Buffer | undefined };

/** Under which the hub's files hold one that is too large for a row. */
const fileKey = (id: string): string => `file/${id}`;

/**
 * Keeps files for messages, in the transaction that stores those. Who looks whether something is kept holds it until the commit, so that nothing is
 * removed between being found and being used.
 */
export async function keepFiles(
  tables: PluginTables,
  messages: readonly { readonly id: string; readonly files: readonly TakenFile[] }[],
): Promise<FileKeep[]> {
  const uses = messages.flatMap(({ id, files }) => files.map((file) => ({ message: id, file: file.id })));
  if (uses.length === 0) return [];
  // In one order: two mailboxes that bring the same files wait for each other, and not crosswise.
  const wanted = [...new Map(messages.flatMap(({ files }) => files).map((file) => [file.id, file])).values()].toSorted(
    (one, other) => (one.id < other.id ? -1 : 1),
  );
  const kept = await tables.query<{ id: string }>(sql`
    select id from mail_file where tenant_id = ${thisTenant} and id = any(${wanted.map(({ id }) => id)}::text[])
      order by id for key share`);
  const known = new Set(kept.map(({ id }) => id));
  const added = await addFiles(
    tables,
    wanted.filter(({ id }) => !known.has(id)),
  );
  await tables.query(sql`
    insert into mail_file_use (tenant_id, message_id, file_id)
      select ${thisTenant}, message, file from json_to_recordset(${json(uses)}::json) as row (message uuid, file text)
      on conflict (tenant_id, message_id, file_id) do nothing`);
  const large = new Set(wanted.filter(({ packed }) => packed === undefined).map(({ id }) => id));
  return added.filter((id) => large.has(id)).map((id) => ({ key: fileKey(id), file: id }));
}

/** @returns the ids of those that nobody has added meanwhile */
async function addFiles(tables: PluginTables, files: readonly TakenFile[]): Promise<string[]> {
  if (files.length === 0) return [];
  let start = 1;
  const rows = files.map(({ id, packed }) => {
    const row = { id, start, length: packed?.length ?? null };
    start += packed?.length ?? 0;
    return row;
  });
  // One value for all: it is cut sooner than a statement with hundreds of values is read.
  const all = Buffer.concat(files.flatMap(({ packed }) => packed ?? []));
  const added = await tables.query<{ id: string }>(sql`
    insert into mail_file (tenant_id, id, bytes)
      select ${thisTenant}, id, substr(${all}::bytea, start, length)
        from json_to_recordset(${json(rows)}::json) as row (id text, start integer, length integer)
      on conflict (tenant_id, id) do nothing
      returning id`);
  letGo(all);
  return added.map(({ id }) => id);
}

/** The files of messages that are about to be removed; afterwards `removeUnused` takes those of them that no other message carries. */
export async function filesOfMailbox(tables: PluginTables, mailboxId: string): Promise<string[]> {
  const rows = await tables.query<{ id: string }>(sql`
    select distinct carried.file_id as id from mail_file_use carried
      join mail_message message on message.tenant_id = ${thisTenant} and message.id = carried.message_id
      where carried.tenant_id = ${thisTenant} and message.mailbox_id = ${mailboxId}::uuid`);
  return rows.map(({ id }) => id);
}

/**
 * Removes those of the files that no message carries. They are held before it is looked: nobody can begin to use one in between. What somebody else
 * holds at this moment stays, and is left to `sweepFiles`.
 *
 * @returns what the commit lets go of
 */
export async function removeUnused(tables: PluginTables, ids: readonly string[]): Promise<FileKeep[]> {
  if (ids.length === 0) return [];
  const held = await tables.query<{ id: string }>(sql`
    select id from mail_file where tenant_id = ${thisTenant} and id = any(${[...ids]}::text[])
      order by id for update skip locked`);
  const gone = await tables.query<{ id: string; isLarge: boolean }>(sql`
    delete from mail_file file
      where file.tenant_id = ${thisTenant} and file.id = any(${held.map(({ id }) => id)}::text[]) and not exists (
        select from mail_file_use carried where carried.tenant_id = ${thisTenant} and carried.file_id = file.id
      )
      returning file.id, file.bytes is null as "isLarge"`);
  return gone.filter(({ isLarge }) => isLarge).map(({ id }) => ({ key: fileKey(id), file: undefined }));
}

/** Some files that no message carries. */
export async function unusedFiles(tables: PluginTables, most: number): Promise<string[]> {
  const rows = await tables.query<{ id: string }>(sql`
    select file.id from mail_file file
      where file.tenant_id = ${thisTenant} and not exists (
        select from mail_file_use carried where carried.tenant_id = ${thisTenant} and carried.file_id = file.id
      )
      order by file.id limit ${most}`);
  return rows.map(({ id }) => id);
}
