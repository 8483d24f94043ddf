import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Imap } from '../client/imap.ts';
import type { FolderState } from './folder.ts';
import type { Passing } from './pass.ts';
import { eachPart } from './read-range.ts';
import { storeRange } from './store.ts';

const MOST_TRIES = 6;

type Retry = { readonly imap: Imap; readonly folder: FolderState; readonly signal: AbortSignal };

/**
 * Asks again for messages that the server has announced and not handed out, with growing pauses. One that was deleted meanwhile is forgotten;
 * one that never comes stays noted as missing.
 */
export async function retryMissing(passing: Passing, { imap, folder, signal }: Retry): Promise<void> {
  const { tables, clock } = passing;
  const now = new Date(clock.now());
  const uids = await dueUids(tables, folder, now);
  if (uids.length === 0) return;
  await imap.select(folder.path);
  const there = new Set(await imap.uidsFrom(uids[0] ?? 1));
  const gone = uids.filter((uid) => !there.has(uid));
  if (gone.length > 0) await forget(tables, folder, gone);
  await postpone(
    tables,
    folder,
    uids.filter((uid) => there.has(uid)),
  );
  const isHistory = (receivedAt: Date) => receivedAt < folder.liveFrom;
  const wanted = { imap, folder, isHistory, horizon: undefined, signal };
  const left = uids.filter((uid) => there.has(uid));
  for await (const { range } of eachPart(passing, left, wanted))
    await storeRange(passing, folder, { ...(await range), missing: [] }, undefined);
}

async function dueUids(tables: PluginTables, folder: FolderState, now: Date): Promise<number[]> {
  const rows = await tables.query<{ uid: number }>(sql`
    select uid from mail_placement
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and folder_id = ${folder.id}::uuid
        and uid_validity = ${folder.uidValidity}::bigint and retry_at <= ${now}
      order by uid limit 200`);
  return rows.map(({ uid }) => uid);
}

async function forget(tables: PluginTables, folder: FolderState, uids: readonly number[]): Promise<void> {
  await tables.query(sql`
    delete from mail_placement
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and folder_id = ${folder.id}::uuid
        and uid_validity = ${folder.uidValidity}::bigint and uid = any(${uids}::bigint[]) and message_id is null`);
}

/** Before they are asked for: a message whose fetching breaks the connection must not be the first of every pass. */
async function postpone(tables: PluginTables, folder: FolderState, uids: readonly number[]): Promise<void> {
  await tables.query(sql`
    update mail_placement set tries = tries + 1,
        retry_at = case when tries + 1 >= ${MOST_TRIES} then null else now() + (30 * 4 ^ tries) * interval '1 second' end
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and folder_id = ${folder.id}::uuid
        and uid_validity = ${folder.uidValidity}::bigint and uid = any(${uids}::bigint[])`);
}
