import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Imap } from '../client/imap.ts';
import { ahead } from './ahead.ts';
import { findFolders, type FolderState } from './folder.ts';
import type { Passing } from './pass.ts';
import { eachPart, nothing } from './read-range.ts';
import { storeRange } from './store.ts';

/** The search of a server counts in days, in whatever time zone. */
const DAY_MS = 86_400_000;

/** The folders that hold mail from before which was not read yet. */
export async function foldersToImport(tables: PluginTables, mailboxId: string): Promise<FolderState[]> {
  return (await findFolders(tables, mailboxId)).filter(({ pastUid }) => pastUid > 1);
}

/** Reads what was in a folder before, newest first. It may be interrupted at any place and goes on there. */
export async function importFolder(
  passing: Passing,
  imap: Imap,
  folder: FolderState,
  signal: AbortSignal,
): Promise<void> {
  const box = await imap.select(folder.path);
  // The next pass finds out.
  if (String(box.uidValidity) !== folder.uidValidity && box.uidValidity !== 0n) return;
  const uids = await imap.uidsBelow(folder.pastUid, searchFrom(folder.horizon));
  const isHistory = (receivedAt: Date) => receivedAt < folder.liveFrom;
  const wanted = { imap, folder, isHistory, horizon: folder.horizon, signal };
  let past = folder.pastUid;
  for await (const part of ahead(eachPart(passing, uids.toReversed(), wanted))) {
    const to = part.uids.at(-1) ?? past;
    await storeRange(passing, folder, await part.range, { name: 'past', from: past, to });
    past = to;
  }
  if (past > 1) await storeRange(passing, folder, nothing, { name: 'past', from: past, to: 1 });
  await forgetOldNumbers(passing.tables, folder);
}

function searchFrom(horizon: Date): Date | undefined {
  return horizon.getTime() <= DAY_MS ? undefined : new Date(horizon.getTime() - DAY_MS);
}

/** Where messages lay before a reset: it has told which of them are known, and means nothing any more. */
async function forgetOldNumbers(tables: PluginTables, folder: FolderState): Promise<void> {
  await tables.query(sql`
    delete from mail_placement
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and folder_id = ${folder.id}::uuid
        and uid_validity <> ${folder.uidValidity}::bigint`);
}
