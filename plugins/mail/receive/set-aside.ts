import { job, PayloadError, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { fileMail } from '../file/work.ts';
import { verifying } from '../prove/work.ts';
import type { Context } from '../services.ts';
import type { Prepared } from './prepare.ts';
import { readSource } from './source.ts';
import { readAgain } from './work.ts';

/** What waits for somebody to look at it. */
export type SetAside = {
  /** Kept as they came, because they could not be read. */
  readonly unreadable: readonly object[];
  /** Announced by a server that does not hand them out. */
  readonly missing: readonly object[];
};

const MOST = 500;

export async function listSetAside(tables: PluginTables): Promise<SetAside> {
  const unreadable = await tables.query(sql`
    select message.id, mailbox.address as mailbox, message.received_at as "receivedAt", message.bytes, message.problem
      from mail_message message
      left join mail_mailbox mailbox on mailbox.tenant_id = ${thisTenant} and mailbox.id = message.mailbox_id
      where message.tenant_id = ${thisTenant} and message.state = 'unreadable' and message.discarded_at is null
      order by message.received_at desc limit ${MOST}`);
  const missing = await tables.query(sql`
    select mailbox.address as mailbox, folder.path as folder, placement.uid, placement.tries, placement.created_at as since
      from mail_placement placement
      join mail_folder folder on folder.tenant_id = ${thisTenant} and folder.mailbox_id = placement.mailbox_id
        and folder.id = placement.folder_id
      join mail_mailbox mailbox on mailbox.tenant_id = ${thisTenant} and mailbox.id = placement.mailbox_id
      where placement.tenant_id = ${thisTenant} and placement.message_id is null
      order by placement.created_at desc limit ${MOST}`);
  return { unreadable, missing };
}

/**
 * Has messages read once more, and asked for once more.
 *
 * @param messageId undefined: all of them
 * @returns how many
 */
export async function retrySetAside(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  messageId: string | undefined,
): Promise<{ readonly unreadable: number; readonly missing: number }> {
  let counts = { unreadable: 0, missing: 0 };
  await commit({
    rows: async (tables) => {
      const unreadable = await tables.query<{ id: string }>(sql`
        select id from mail_message
          where tenant_id = ${thisTenant} and state = 'unreadable' and discarded_at is null and id = coalesce(${messageId ?? null}::uuid, id)
          limit ${MOST}`);
      const missing = await tables.query(sql`
        update mail_placement set tries = 0, retry_at = ${new Date(clock.now())}
          where tenant_id = ${thisTenant} and message_id is null and ${messageId === undefined}
          returning uid`);
      counts = { unreadable: unreadable.length, missing: missing.length };
      return { jobs: unreadable.map(({ id }) => job(readAgain, { messageId: id }, `${id}/${clock.now()}`)) };
    },
  });
  return counts;
}

/** One that still cannot be read stays as it is, with what is wrong now. */
export async function readMessageAgain(context: Context, messageId: string): Promise<void> {
  const { tables, services, config, clock } = context;
  const [held] = await tables.query<{ isOutgoing: boolean }>(sql`
    select is_outgoing as "isOutgoing" from mail_message
      where tenant_id = ${thisTenant} and id = ${messageId}::uuid and state = 'unreadable' and discarded_at is null`);
  if (held === undefined) return;
  const raw = await readSource(context, messageId);
  const trustedServers = config.trustedAuthserv === '' ? [] : [config.trustedAuthserv];
  try {
    const prepared = await services.preparing.prepare(raw, { trustedServers, isOutgoing: held.isOutgoing });
    await context.commit({
      rows: async (own) => {
        const id = await takeIn(own, messageId, prepared);
        const run = `/${clock.now()}`;
        const asked = config.verifySenders ? verifying([id], run) : [];
        return { jobs: [job(fileMail, { messageIds: [id] }, `${id}${run}`), ...asked] };
      },
    });
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    await tables.query(sql`
      update mail_message set problem = ${error.message}, problem_code = ${error.code}
        where tenant_id = ${thisTenant} and id = ${messageId}::uuid and state = 'unreadable' and discarded_at is null`);
  }
}

/** @returns the id of the message: that of the same one where it came in another mailbox and was read there */
async function takeIn(tables: PluginTables, messageId: string, { id, columns, named }: Prepared): Promise<string> {
  const [same] = await tables.query(
    sql`select id from mail_message where tenant_id = ${thisTenant} and id = ${id}::uuid`,
  );
  if (same !== undefined) {
    await tables.query(sql`
      update mail_placement set message_id = ${id}::uuid where tenant_id = ${thisTenant} and message_id = ${messageId}::uuid`);
    await tables.query(sql`delete from mail_message where tenant_id = ${thisTenant} and id = ${messageId}::uuid`);
    return id;
  }
  await tables.query(sql`
    update mail_message message set state = 'ready', problem = '', problem_code = '', message_id = read.message_id, subject = read.subject,
        from_address = read.from_address, from_name = read.from_name, sent_at = read.sent_at, verdict = read.verdict,
        attachments = read.attachments, understood = read.understood, text = read.text, reply_text = read.reply_text,
        html = read.html
      from json_to_record(${Buffer.from(columns).toString()}::json) as read (
        message_id text, subject text, from_address text, from_name text, sent_at timestamptz, verdict text,
        attachments integer, understood jsonb, text text, reply_text text, html text
      )
      where message.tenant_id = ${thisTenant} and message.id = ${messageId}::uuid`);
  await tables.query(sql`
    insert into mail_reference (tenant_id, named, message_id)
      select ${thisTenant}, named, ${messageId}::uuid from unnest(${[...named]}::text[]) as told (named)
      on conflict (tenant_id, named, message_id) do nothing`);
  return messageId;
}
