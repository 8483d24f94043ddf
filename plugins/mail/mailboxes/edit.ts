import {
  json,
  NotFoundError,
  type PluginContext,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import type { MailboxRules } from '../mailbox-rules.ts';
import { passwordName } from './book.ts';
import { demandKnownServers } from './known-servers.ts';
import { type Mailbox, type MailboxRow, toMailbox } from './mailbox.ts';
import type { MailboxSettings } from './settings.ts';

/** What is undefined stays. */
export type MailboxEdit = {
  readonly name?: string | undefined;
  readonly settings?: MailboxSettings | undefined;
  readonly rules?: MailboxRules | undefined;
  readonly password?: string | undefined;
};

/**
 * Changes a mailbox. A new password also ends the wait for one. Where the account behind it becomes another one, all that is known of its folders is
 * put aside: they are read anew, and what was known before stays where it was filed.
 *
 * @throws NotFoundError; PayloadError, ConflictError when what is stored would be shown to a server that never had it
 */
export async function changeMailbox(
  { commit }: Pick<PluginContext, 'commit'>,
  id: string,
  edit: MailboxEdit,
): Promise<Mailbox> {
  const { name, settings, rules, password } = edit;
  let changed: Mailbox | undefined;
  await commit({
    vault: password === undefined ? [] : [{ name: passwordName(id), value: password }],
    rows: async (own) => {
      const before = await held(own, id);
      if (settings !== undefined && password === undefined) demandKnownServers(before, settings);
      const [row] = await own.query<MailboxRow>(sql`
        update mail_mailbox set
            name = coalesce(${name ?? null}, name),
            settings = coalesce(${settings === undefined ? null : json(settings)}::jsonb, settings),
            rules = coalesce(${rules === undefined ? null : json(rules)}::jsonb, rules),
            updated_at = now()${password === undefined ? sql`` : sql`, state = 'active', state_reason = ''`}
          where tenant_id = ${thisTenant} and id = ${id}::uuid
          returning *`);
      if (row === undefined) throw noMailbox();
      changed = toMailbox(row);
      if (settings === undefined) return;
      if (isOtherAccount(before, changed)) changed = await leaveAccount(own, changed);
      else if (before.settings.horizonDays !== settings.horizonDays) await moveHorizon(own, changed);
    },
  });
  if (changed === undefined) throw noMailbox();
  return changed;
}

/** Nobody changes it meanwhile, and nobody begins a folder of the account that it had. */
async function held(tables: PluginTables, id: string): Promise<Mailbox> {
  const [row] = await tables.query<MailboxRow>(
    sql`select * from mail_mailbox where tenant_id = ${thisTenant} and id = ${id}::uuid for update`,
  );
  if (row === undefined) throw noMailbox();
  return toMailbox(row);
}

/** Another server or another user: uids and UIDVALIDITY mean something else there, even where the numbers are the same by chance. */
function isOtherAccount(before: Mailbox, after: Mailbox): boolean {
  const { imap: from } = before.settings;
  const { imap: to } = after.settings;
  return from.host !== to.host || (from.user || before.address) !== (to.user || after.address);
}

/** So late a server may show a mail that it has taken. */
const SHOWN_LATE = '5 minutes';

/**
 * The folders of the account that was read stay as what they were, and tell which messages are known. Those of the new one begin with mail since the last
 * success; what lies there from before is history, and comes in as far as the horizon.
 */
async function leaveAccount(tables: PluginTables, { id }: Mailbox): Promise<Mailbox> {
  const [row] = await tables.query<MailboxRow>(sql`
    update mail_mailbox set last_success_at = null, live_from = greatest(
        live_from, date_trunc('second', coalesce(last_success_at, live_from) - ${SHOWN_LATE}::interval))
      where tenant_id = ${thisTenant} and id = ${id}::uuid
      returning *`);
  await tables.query(sql`
    update mail_folder set left_at = now(), past_uid = 1
      where tenant_id = ${thisTenant} and mailbox_id = ${id}::uuid and left_at is null`);
  await tables.query(sql`
    delete from mail_placement where tenant_id = ${thisTenant} and mailbox_id = ${id}::uuid and message_id is null`);
  await tables.query(sql`
    update mail_placement set gone_at = now()
      where tenant_id = ${thisTenant} and mailbox_id = ${id}::uuid and gone_at is null`);
  if (row === undefined) throw noMailbox();
  return toMailbox(row);
}

/** What was read stays; a later day ends an import that is under way, an earlier one begins it anew. */
async function moveHorizon(tables: PluginTables, { id, liveFrom, settings }: Mailbox): Promise<void> {
  const days = settings.horizonDays;
  const from =
    days === null ? sql`'epoch'::timestamptz` : sql`${liveFrom}::timestamptz - make_interval(days => ${days})`;
  await tables.query(sql`
    update mail_folder set horizon = ${from}, past_uid = case when ${from} < horizon then next_uid else past_uid end
      where tenant_id = ${thisTenant} and mailbox_id = ${id}::uuid and left_at is null`);
}

function noMailbox(): NotFoundError {
  return new NotFoundError('There is no such mailbox', { field: 'id' });
}
