import {
  type FileKeep,
  job,
  json,
  NotFoundError,
  PayloadError,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { putSource, readSource, type Source, sourceKey } from '../receive/source.ts';
import type { Context } from '../services.ts';
import { keepFiles, removeUnused, unusedFiles } from './kept.ts';
import { setFilesApart } from './work.ts';

/** Few enough for one run of the job, however large they are. */
const AT_A_TIME = 50;

/** Takes the files out of some messages, and goes on by another job: whatever dies in between, each message is as it was or done. */
export async function setSomeApart(context: Context, signal: AbortSignal, atATime = AT_A_TIME): Promise<void> {
  const waiting = await context.tables.query<{ id: string }>(sql`
    select id from mail_message
      where tenant_id = ${thisTenant} and not files_apart and attachments > 0 and state <> 'unreadable'
      order by id limit ${atATime}`);
  for (const { id } of waiting) {
    signal.throwIfAborted();
    await setApart(context, id);
  }
  const last = waiting.at(-1);
  if (waiting.length === atATime && last !== undefined)
    await context.commit({ jobs: [job(setFilesApart, {}, `after/${last.id}`)] });
}

async function setApart(context: Context, id: string): Promise<void> {
  const source = await openSource(context, id);
  await context.commit({
    rows: async (tables) => {
      const [message] = await tables.query<{ file: string | null }>(sql`
        select source_file as file from mail_message
          where tenant_id = ${thisTenant} and id = ${id}::uuid and not files_apart for update`);
      if (message === undefined) return {};
      const keeps = source === undefined ? [] : await replaceSource(tables, id, source);
      await tables.query(sql`
        update mail_message set files_apart = true, source_file = ${source === undefined ? message.file : null}
          where tenant_id = ${thisTenant} and id = ${id}::uuid`);
      const isLet = source !== undefined && message.file !== null;
      return { keeps: [...keeps, ...(isLet ? [{ key: sourceKey(id), file: undefined }] : [])] };
    },
  });
}

/** @returns undefined for a message that stays as it is: it is too large even without its files, or cannot be read any more */
async function openSource(context: Context, id: string): Promise<Source | undefined> {
  try {
    const raw = await readSource(context, id);
    const { source } = await context.services.preparing.prepare(raw, { isOutgoing: false });
    return source && (await putSource(raw, source, context.files));
  } catch (error) {
    // One that does harm must not keep the others from being looked at.
    if (error instanceof PayloadError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function replaceSource(tables: PluginTables, id: string, source: Source): Promise<FileKeep[]> {
  if (!('packed' in source)) return [];
  await tables.query(sql`
    insert into mail_source (tenant_id, message_id, bytes, gaps)
      values (${thisTenant}, ${id}::uuid, ${source.packed}, ${json(source.gaps)}::jsonb)
      on conflict (tenant_id, message_id) do update set bytes = excluded.bytes, gaps = excluded.gaps`);
  return await keepFiles(tables, [{ id, files: source.files }]);
}

const SWEPT_AT_A_TIME = 500;

/** What a removal had to leave, because somebody held it at that moment. */
export async function sweepUnused({ tables, commit }: Pick<Context, 'tables' | 'commit'>, signal: AbortSignal) {
  for (let more = true; more;) {
    signal.throwIfAborted();
    const unused = await unusedFiles(tables, SWEPT_AT_A_TIME);
    more = unused.length === SWEPT_AT_A_TIME;
    await commit({ rows: async (own) => ({ keeps: await removeUnused(own, unused) }) });
  }
}
