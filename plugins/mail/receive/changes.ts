import { json, type PluginContext, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Changes, FolderStatus, Imap, Span } from '../client/imap.ts';
import type { FolderState } from './folder.ts';

type Learning = Pick<PluginContext, 'tables' | 'commit' | 'clock'>;

type Look = { readonly imap: Imap; readonly folder: FolderState; readonly status: FolderStatus };

/** Of a server that keeps no account of changes the newest messages are compared: nobody tidies up what is older so often. */
const WINDOW = 500;

/**
 * Learns what mail programs have done: read, answered, deleted. A server that keeps account (CONDSTORE) is asked for what has changed since, and
 * for what has vanished (QRESYNC); without, the newest messages are looked at one by one.
 */
export async function learnChanges(learning: Learning, look: Look): Promise<void> {
  const { folder, status } = look;
  if (isUnchanged(folder, status)) return;
  const known = await knownSpan(learning.tables, folder);
  const changes = known === undefined ? nothing : await findChanges(learning, look, known);
  // Another numbering meanwhile: the next pass sees to it.
  if (changes !== undefined) await noteChanges(learning, look, changes);
}

const nothing: Changes = { flags: new Map(), vanished: [] };

/** Servers without CONDSTORE say nothing of flags: they have to be looked at. */
function isUnchanged(folder: FolderState, { highestModseq, messages }: FolderStatus): boolean {
  return highestModseq !== '' && highestModseq === folder.highestModseq && messages === folder.messages;
}

async function findChanges(learning: Learning, look: Look, known: Span): Promise<Changes | undefined> {
  const { imap, folder, status } = look;
  const box = await imap.select(folder.path);
  if (String(box.uidValidity) !== folder.uidValidity && box.uidValidity !== 0n) return undefined;
  if (box.highestModseq === '' || folder.highestModseq === '') return await compare(learning, look, true);
  const changes = await imap.changesSince(folder.highestModseq, known);
  if (imap.tellsVanished || status.messages === folder.messages) return changes;
  const { vanished } = await compare(learning, look, false);
  return { ...changes, vanished };
}

/** @param withFlags else only whether messages are there */
async function compare({ tables }: Learning, { imap, folder }: Look, withFlags: boolean): Promise<Changes> {
  const held = await newestUids(tables, folder);
  const [first, last] = [held.at(-1), held[0]];
  if (first === undefined || last === undefined) return nothing;
  const flags = withFlags ? await imap.flags({ first, last }) : new Map();
  const there = withFlags ? flags : new Set(await imap.uidsFrom(first));
  return { flags, vanished: held.filter((uid) => !there.has(uid)) };
}

async function knownSpan(tables: PluginTables, folder: FolderState): Promise<Span | undefined> {
  const [row] = await tables.query<{ first: number | null; last: number | null }>(sql`
    select min(uid) as first, max(uid) as last from mail_placement placement where ${presentIn(folder)}`);
  return row?.first == null || row.last === null ? undefined : { first: row.first, last: row.last };
}

async function newestUids(tables: PluginTables, folder: FolderState): Promise<number[]> {
  const rows = await tables.query<{ uid: number }>(sql`
    select uid from mail_placement placement where ${presentIn(folder)} order by uid desc limit ${WINDOW}`);
  return rows.map(({ uid }) => uid);
}

const presentIn = (folder: FolderState) => sql`
  placement.tenant_id = ${thisTenant} and placement.mailbox_id = ${folder.mailboxId}::uuid
    and placement.folder_id = ${folder.id}::uuid and placement.uid_validity = ${folder.uidValidity}::bigint
    and placement.gone_at is null and placement.message_id is not null`;

async function noteChanges({ commit, clock }: Learning, { folder, status }: Look, changes: Changes): Promise<void> {
  const flags = [...changes.flags].map(([uid, { isSeen, isAnswered }]) => ({
    uid,
    seen: isSeen,
    answered: isAnswered,
  }));
  await commit({
    rows: async (tables) => {
      if (flags.length > 0) {
        await tables.query(sql`
          update mail_placement placement set is_seen = told.seen, is_answered = told.answered
            from json_to_recordset(${json(flags)}::json) as told (uid bigint, seen boolean, answered boolean)
            where ${presentIn(folder)} and placement.uid = told.uid
              and (placement.is_seen, placement.is_answered) is distinct from (told.seen, told.answered)`);
      }
      if (changes.vanished.length > 0) {
        await tables.query(sql`
          update mail_placement placement set gone_at = ${new Date(clock.now())}
            where ${presentIn(folder)} and placement.uid = any(${[...changes.vanished]}::bigint[])`);
      }
      await tables.query(sql`
        update mail_folder set highest_modseq = ${status.highestModseq}, messages = ${status.messages}
          where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and id = ${folder.id}::uuid
            and uid_validity = ${folder.uidValidity}::bigint`);
    },
  });
}
