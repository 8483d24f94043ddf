import {
  ConflictError,
  type FileKeep,
  job,
  json,
  type JobInput,
  type PluginContext,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import type { Listed } from '../client/imap.ts';
import { fileMail } from '../file/work.ts';
import type { Config } from '../config.ts';
import { keepFiles } from '../files/kept.ts';
import { verifying } from '../prove/work.ts';
import type { Arrival, Cursor, Range } from './arrival.ts';
import type { FolderState } from './folder.ts';
import { letGo } from './let-go.ts';
import { rowsOf } from './row.ts';
import { sourceKey } from './source.ts';

type Storing = Pick<PluginContext, 'commit' | 'clock'> & { readonly config: Pick<Config, 'verifySenders'> };

/** Somebody else reads the same folder: the lease has passed on, or two are there for a moment. */
export class OvertakenError extends ConflictError {
  override readonly code = 'overtaken';
}

/** How long a message that is announced but not handed out is waited for, from the first try on. */
const FIRST_RETRY_MS = 30_000;

/**
 * Stores what a range holds, and moves the cursor over it, in one transaction: whatever dies in between, nothing is lost and nothing comes twice.
 * What was stored is not in memory any more afterwards.
 *
 * @throws OvertakenError when the cursor does not stand where the range begins
 */
export async function storeRange(
  { commit, clock, config }: Storing,
  folder: FolderState,
  range: Range,
  cursor: Cursor | undefined,
): Promise<void> {
  await commit({
    rows: async (tables) => {
      if (cursor !== undefined) await moveCursor(tables, folder, cursor);
      const { added, keeps } = await addMessages(tables, folder, range.arrivals);
      await addPlacements(tables, folder, range, new Date(clock.now() + FIRST_RETRY_MS));
      const jobs = [
        ...filing(range.arrivals, added),
        ...(config.verifySenders ? verifyingOf(range.arrivals, added) : []),
      ];
      return { jobs, keeps: [...keeping(range.arrivals, added), ...keeps] };
    },
  });
  for (const { columns, source } of range.arrivals) {
    letGo(columns);
    if (!('packed' in source)) continue;
    for (const bytes of [source.packed, ...source.files.map(({ packed }) => packed)]) letGo(bytes);
  }
}

async function moveCursor(tables: PluginTables, folder: FolderState, { name, from, to }: Cursor): Promise<void> {
  const column = name === 'next' ? sql`next_uid` : sql`past_uid`;
  const moved = await tables.query(sql`
    update mail_folder set ${column} = ${to}
      where tenant_id = ${thisTenant} and mailbox_id = ${folder.mailboxId}::uuid and id = ${folder.id}::uuid
        and uid_validity = ${folder.uidValidity}::bigint and ${column} = ${from}
      returning id`);
  if (moved.length === 0) throw new OvertakenError(`Somebody else has read ${folder.role} further`);
}

/** @returns the ids of those that nobody had stored before, and what the commit keeps of their files */
async function addMessages(
  tables: PluginTables,
  folder: FolderState,
  arrivals: readonly Arrival[],
): Promise<{ readonly added: ReadonlySet<string>; readonly keeps: readonly FileKeep[] }> {
  if (arrivals.length === 0) return { added: new Set(), keeps: [] };
  // Two mailboxes that store the same messages wait for each other in one order.
  const sorted = [...new Map(arrivals.map((arrival) => [arrival.id, arrival])).values()].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  const list = rowsOf(sorted);
  const rows = await tables.query<{ id: string }>(sql`
    insert into mail_message (
        tenant_id, id, state, problem, problem_code, message_id, subject, from_address, from_name, sent_at, received_at, verdict, is_outgoing,
        is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id, source_file,
        files_apart
      )
      select ${thisTenant}, id, state, problem, problem_code, message_id, subject, from_address, from_name, sent_at, received_at, verdict,
          is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, ${folder.mailboxId},
          source_file, state <> 'unreadable'
        from json_to_recordset(${list}::json) as row (
          id uuid, state text, problem text, problem_code text, message_id text, subject text, from_address text, from_name text,
          sent_at timestamptz, received_at timestamptz, verdict text, is_outgoing boolean, is_history boolean, bytes bigint,
          attachments integer, understood jsonb, text text, reply_text text, html text, source_file text
        )
      on conflict (tenant_id, id) do nothing
      returning id`);
  letGo(list);
  const added = new Set(rows.map(({ id }) => id));
  const fresh = sorted.filter(({ id }) => added.has(id));
  await addSources(tables, fresh);
  await addReferences(tables, fresh);
  const files = fresh.flatMap(({ id, source }) => ('packed' in source ? [{ id, files: source.files }] : []));
  return { added, keeps: await keepFiles(tables, files) };
}

async function addSources(tables: PluginTables, arrivals: readonly Arrival[]): Promise<void> {
  const packed = arrivals.flatMap(({ id, source }) =>
    'packed' in source ? [{ id, bytes: source.packed, gaps: source.gaps }] : [],
  );
  if (packed.length === 0) return;
  let start = 1;
  const rows = packed.map(({ id, bytes: { length }, gaps }) => {
    const row = { id, start, length, gaps };
    start += length;
    return row;
  });
  // One value for all: it is cut sooner than a statement with hundreds of values is read.
  const all = Buffer.concat(packed.map(({ bytes }) => bytes));
  await tables.query(sql`
    insert into mail_source (tenant_id, message_id, bytes, gaps)
      select ${thisTenant}, id, substr(${all}::bytea, start, length), gaps
        from json_to_recordset(${json(rows)}::json) as row (id uuid, start integer, length integer, gaps jsonb)`);
  letGo(all);
}

async function addReferences(tables: PluginTables, arrivals: readonly Arrival[]): Promise<void> {
  const rows = arrivals.flatMap(({ id, named }) => named.map((one) => ({ id, named: one })));
  if (rows.length === 0) return;
  await tables.query(sql`
    insert into mail_reference (tenant_id, named, message_id)
      select ${thisTenant}, named, id from json_to_recordset(${json(rows)}::json) as row (named text, id uuid)
      on conflict (tenant_id, named, message_id) do nothing`);
}

async function addPlacements(
  tables: PluginTables,
  folder: FolderState,
  { arrivals, moved, missing }: Range,
  retryAt: Date,
): Promise<void> {
  const rows = [
    ...arrivals.map((one) => placementOf(one, one.id)),
    ...moved.map((one) => placementOf(one, one.messageId)),
    ...missing.map((uid) => ({ uid, id: null, bytes: 0, at: new Date(0), tries: 1, retry_at: retryAt })),
  ];
  if (rows.length === 0) return;
  await tables.query(sql`
    insert into mail_placement (
        tenant_id, mailbox_id, folder_id, uid_validity, uid, message_id, bytes, received_at, is_seen, is_answered, email_id, tries,
        retry_at
      )
      select ${thisTenant}, ${folder.mailboxId}::uuid, ${folder.id}::uuid, ${folder.uidValidity}::bigint, uid, id, bytes, at,
          seen, answered, email_id, coalesce(tries, 0), retry_at
        from json_to_recordset(${json(rows)}::json) as row (
          uid bigint, id uuid, bytes bigint, at timestamptz, seen boolean, answered boolean, email_id text, tries integer,
          retry_at timestamptz
        )
      on conflict (tenant_id, mailbox_id, folder_id, uid_validity, uid) do update
        set message_id = excluded.message_id, bytes = excluded.bytes, received_at = excluded.received_at, retry_at = null,
          is_seen = excluded.is_seen, is_answered = excluded.is_answered, email_id = excluded.email_id
        where mail_placement.message_id is null and excluded.message_id is not null`);
}

function placementOf({ uid, bytes, receivedAt, isSeen, isAnswered, emailId }: Listed, id: string): object {
  return { uid, id, bytes, at: receivedAt, seen: isSeen, answered: isAnswered, email_id: emailId || null };
}

function filing(arrivals: readonly Arrival[], added: ReadonlySet<string>): JobInput[] {
  const fresh = arrivals.filter(({ id, state }) => added.has(id) && state !== 'unreadable');
  const batch = (isHistory: boolean): JobInput[] => {
    const messageIds = [...new Set(fresh.filter((one) => one.isHistory === isHistory).map(({ id }) => id))];
    // Each message is new once, so the first of them names the batch.
    const input = job(fileMail, { messageIds }, messageIds[0] ?? '');
    return messageIds.length === 0 ? [] : [isHistory ? { ...input, lane: 'bulk' } : input];
  };
  return [...batch(false), ...batch(true)];
}

/** Who has sent it is asked beside the filing, which waits for nobody. */
function verifyingOf(arrivals: readonly Arrival[], added: ReadonlySet<string>): JobInput[] {
  const foreign = arrivals.filter(
    ({ id, state, isHistory, isOutgoing }) => added.has(id) && state !== 'unreadable' && !isHistory && !isOutgoing,
  );
  return verifying([...new Set(foreign.map(({ id }) => id))]);
}

function keeping(arrivals: readonly Arrival[], added: ReadonlySet<string>): FileKeep[] {
  return arrivals.flatMap(({ id, source }) =>
    'file' in source && added.has(id) ? [{ key: sourceKey(id), file: source.file }] : [],
  );
}
