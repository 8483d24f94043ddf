import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Imap, Listed } from '../client/imap.ts';
import { idsIn, normaliseId } from '../understand/ids.ts';
import type { FolderState } from './folder.ts';

/** The folder that is read. */
type Reading = Pick<FolderState, 'id' | 'mailboxId' | 'uidValidity'>;

type Candidate = { readonly uid: number; readonly messageId: string; readonly named: string };

/**
 * Messages of this mailbox that came before under another uid: moved, copied, labelled, or listed anew after a reset. The server says so by an id
 * of its own; or they have the size and the moment of arrival of one that is known, to the byte and the second, and its Message-ID. No outsider
 * sets all three.
 *
 * @returns ids of messages by uid
 */
export async function findKnown(
  tables: PluginTables,
  imap: Pick<Imap, 'messageIds'>,
  folder: Reading,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, string>> {
  const named = await findNamed(tables, folder.mailboxId, listed);
  const rest = listed.filter(({ uid }) => !named.has(uid));
  return new Map([...named, ...(await findAlike(tables, imap, folder, rest))]);
}

async function findNamed(
  tables: PluginTables,
  mailboxId: string,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, string>> {
  const byEmailId = new Map(listed.filter(({ emailId }) => emailId !== '').map(({ emailId, uid }) => [emailId, uid]));
  if (byEmailId.size === 0) return new Map();
  const rows = await tables.query<{ email_id: string; message_id: string }>(sql`
    select distinct email_id, message_id from mail_placement
      where tenant_id = ${thisTenant} and mailbox_id = ${mailboxId}::uuid and message_id is not null
        and email_id = any(${[...byEmailId.keys()]}::text[])`);
  return new Map(rows.map((row) => [byEmailId.get(row.email_id) ?? 0, row.message_id]));
}

async function findAlike(
  tables: PluginTables,
  imap: Pick<Imap, 'messageIds'>,
  folder: Reading,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, string>> {
  if (listed.length === 0) return new Map();
  const candidates = await findCandidates(tables, folder, listed);
  if (candidates.length === 0) return new Map();
  const fields = await imap.messageIds([...new Set(candidates.map(({ uid }) => uid))]);
  return new Map(
    candidates
      .filter(({ uid, named }) => named !== '' && named === readId(fields.get(uid) ?? ''))
      .map(({ uid, messageId }) => [uid, messageId]),
  );
}

/**
 * Not among them: what lies in the same folder under a number of its own. After a move by which mail lost its times, thousands there may look alike,
 * and asking for all their Message-IDs costs more than fetching the few copies again, which become the same message anyway.
 */
async function findCandidates(
  tables: PluginTables,
  { id, mailboxId, uidValidity }: Reading,
  listed: readonly Listed[],
): Promise<Candidate[]> {
  const wanted = listed.map(({ uid, bytes, receivedAt }) => ({ uid, bytes, at: receivedAt }));
  const rows = await tables.query<{ uid: number; id: string; message_id: string }>(sql`
    select distinct wanted.uid, message.id, message.message_id
      from json_to_recordset(${json(wanted)}::json) as wanted (uid bigint, bytes bigint, at timestamptz)
      join mail_placement placement on placement.tenant_id = ${thisTenant} and placement.mailbox_id = ${mailboxId}::uuid
        and placement.received_at = wanted.at and placement.bytes = wanted.bytes
        and ((placement.folder_id, placement.uid_validity) <> (${id}::uuid, ${uidValidity}::bigint)
          or placement.uid = wanted.uid or placement.gone_at is not null)
      join mail_message message on message.tenant_id = ${thisTenant} and message.id = placement.message_id`);
  return rows.map((row) => ({ uid: row.uid, messageId: row.id, named: row.message_id }));
}

/** @param field `Message-ID: <...>` as it stands in the message */
function readId(field: string): string {
  const value = field.replace(/^[^:]*:/, '').replaceAll(/\r?\n(?=[ \t])/g, '');
  return normaliseId(idsIn(value)[0] ?? '');
}
