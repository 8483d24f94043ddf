import { randomUUID } from 'node:crypto';
import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Folder, FolderStatus } from '../client/imap.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';

export type FolderRole = 'inbox' | 'sent' | 'other';
export type ChosenFolder = { readonly path: string; readonly role: FolderRole };

/** How far a folder is read. */
export type FolderState = ChosenFolder & {
  readonly id: string;
  readonly mailboxId: string;
  readonly uidValidity: string;
  /** The next uid to be read. */
  readonly nextUid: number;
  /** What lies below is still to be imported. */
  readonly pastUid: number;
  readonly horizon: Date;
  readonly liveFrom: Date;
  /** Where the server stood when changes were learnt last; '' and undefined when they never were. */
  readonly highestModseq: string;
  readonly messages: number | undefined;
};

/** The folders to read: the inbox, Sent, and what the mailbox names by path or by use, such as `\All`. A server that lists nothing for once loses none. */
export function chooseFolders(listed: readonly Folder[], extra: readonly string[]): ChosenFolder[] {
  const inbox = listed.find(({ specialUse, path }) => specialUse === '\\Inbox' || path.toUpperCase() === 'INBOX');
  const sent = listed.find(({ specialUse }) => specialUse === '\\Sent');
  const known = new Set([inbox?.path ?? 'INBOX', sent?.path]);
  const others = listed.filter(
    ({ path, specialUse, flags }) =>
      (extra.includes(path) || extra.includes(specialUse ?? '')) && !known.has(path) && !flags.has('\\Noselect'),
  );
  return [
    { path: inbox?.path ?? 'INBOX', role: 'inbox' },
    ...(sent === undefined ? [] : [{ path: sent.path, role: 'sent' } as const]),
    ...others.map(({ path }) => ({ path, role: 'other' }) as const),
  ];
}

type Row = {
  readonly id: string;
  readonly path: string;
  readonly role: FolderRole;
  readonly uid_validity: number;
  readonly next_uid: number;
  readonly past_uid: number;
  readonly horizon: Date;
  readonly live_from: Date;
  readonly highest_modseq: string;
  readonly messages: number | null;
};

export async function findFolders(tables: PluginTables, mailboxId: string): Promise<FolderState[]> {
  const rows = await tables.query<Row>(sql`
    select id, path, role, uid_validity, next_uid, past_uid, horizon, live_from, highest_modseq, messages
      from mail_folder where tenant_id = ${thisTenant} and mailbox_id = ${mailboxId}::uuid and left_at is null
      order by role, path`);
  return rows.map((row) => ({
    id: row.id,
    mailboxId,
    path: row.path,
    role: row.role,
    uidValidity: String(row.uid_validity),
    nextUid: row.next_uid,
    pastUid: row.past_uid,
    horizon: row.horizon,
    liveFrom: row.live_from,
    highestModseq: row.highest_modseq,
    messages: row.messages ?? undefined,
  }));
}

const DAY_MS = 86_400_000;

/**
 * Begins to read a folder: what comes from now on at once, what is there by and by. Where the mailbox has become another account meanwhile, nothing is
 * begun.
 *
 * @param mailbox as it was connected to
 */
export async function beginFolder(
  tables: PluginTables,
  mailbox: Mailbox,
  { path, role }: ChosenFolder,
  { uidValidity, uidNext = 1, highestModseq }: FolderStatus,
): Promise<void> {
  const { horizonDays, imap } = mailbox.settings;
  const horizon = new Date(horizonDays === null ? 0 : mailbox.liveFrom.getTime() - horizonDays * DAY_MS);
  await tables.query(sql`
    insert into mail_folder (
        tenant_id, mailbox_id, id, path, role, uid_validity, next_uid, past_uid, horizon, live_from, highest_modseq
      )
      select ${thisTenant}, box.id, ${randomUUID()}, ${path}, ${role}, ${String(uidValidity)}::bigint, ${uidNext}::bigint,
          ${uidNext}::bigint, ${horizon}::timestamptz, ${mailbox.liveFrom}::timestamptz, ${highestModseq}
        from mail_mailbox box
        where box.tenant_id = ${thisTenant} and box.id = ${mailbox.id}::uuid and box.settings -> 'imap' ->> 'host' = ${imap.host}
          and coalesce(box.settings -> 'imap' ->> 'user', '') = ${imap.user}
        for share
      on conflict (tenant_id, mailbox_id, path) where left_at is null do nothing`);
}

/**
 * The numbers of a folder mean something else from now on. All of it is looked through again; where its messages lay is remembered until that is
 * done, because it tells which of them are known.
 *
 * @returns false when somebody else has done it
 */
export async function resetFolder(
  tables: PluginTables,
  folder: FolderState,
  { uidValidity, uidNext = 1, highestModseq }: FolderStatus,
  liveFrom: Date,
): Promise<boolean> {
  const rows = await tables.query(sql`
    update mail_folder set uid_validity = ${String(uidValidity)}::bigint, next_uid = ${uidNext}, past_uid = ${uidNext},
        live_from = ${liveFrom}, highest_modseq = ${highestModseq}, messages = null, resets = resets + 1
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and id = ${folder.id}::uuid
        and uid_validity = ${folder.uidValidity}::bigint
      returning id`);
  return rows.length > 0;
}

export async function noteFolderRead(tables: PluginTables, folder: FolderState, at: Date): Promise<void> {
  await tables.query(sql`
    update mail_folder set last_success_at = ${at}
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and id = ${folder.id}::uuid`);
}
