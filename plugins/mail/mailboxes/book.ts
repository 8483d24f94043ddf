import { randomUUID } from 'node:crypto';
import { ConflictError, json, NotFoundError, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import { filesOfMailbox, removeUnused } from '../files/kept.ts';
import type { MailboxRules } from '../mailbox-rules.ts';
import { sourceKey } from '../receive/source.ts';
import { type Mailbox, type MailboxRow, type MailboxState, type SignIn, toMailbox, wholeSecond } from './mailbox.ts';
import type { MailboxSettings } from './settings.ts';

export type NewMailbox = {
  readonly kind: 'desk' | 'member';
  readonly ownerId: string | undefined;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly settings: MailboxSettings;
  readonly rules: MailboxRules;
  /** Undefined for a sign-in with Google or Microsoft, which comes after. */
  readonly password: string | undefined;
};

/** What is undefined stays. */
export type MailboxChange = {
  readonly [Field in 'name' | 'settings' | 'rules' | 'password']?: NewMailbox[Field] | undefined;
};

/** The mailboxes of the tenant. */
export type MailboxBook = {
  readonly list: () => Promise<Mailbox[]>;
  readonly find: (id: string) => Promise<Mailbox | undefined>;
  /** @throws NotFoundError */
  readonly get: (id: string) => Promise<Mailbox>;
  /** @throws ConflictError when the address has a mailbox already */
  readonly add: (mailbox: NewMailbox) => Promise<Mailbox>;
  /** A new password also ends the wait for one. @throws NotFoundError */
  readonly change: (id: string, change: MailboxChange) => Promise<Mailbox>;
  readonly setState: (id: string, state: MailboxState, reason: string) => Promise<void>;
  /** With the mail that lies in no other mailbox. */
  readonly remove: (id: string) => Promise<void>;
  /** Takes a sign-in with Google or Microsoft into force. */
  readonly authorise: (id: string, grantId: string, refreshToken: string) => Promise<void>;
  readonly noteSuccess: (id: string) => Promise<void>;
  readonly noteError: (id: string, error: string, remedy: string) => Promise<void>;
};

type Wanted = Pick<PluginContext, 'tables' | 'commit' | 'clock'>;

/** Where the vault keeps the password of a mailbox. */
export const passwordName = (id: string): string => `password/${id}`;
/** Where the vault keeps the refresh token of a sign-in. */
export const grantName = (grantId: string): string => `grant/${grantId}`;

export function createMailboxBook({ tables, commit, clock }: Wanted): MailboxBook {
  const find = async (id: string) => {
    const [row] = await tables.query<MailboxRow>(
      sql`select * from mail_mailbox where tenant_id = ${thisTenant} and id = ${id}::uuid`,
    );
    return row === undefined ? undefined : toMailbox(row);
  };
  const get = async (id: string) => {
    const mailbox = await find(id);
    if (mailbox === undefined) throw new NotFoundError('There is no such mailbox', { field: 'id' });
    return mailbox;
  };

  return {
    find,
    get,
    async list() {
      const rows = await tables.query<MailboxRow>(
        sql`select * from mail_mailbox where tenant_id = ${thisTenant} order by kind, created_at, id`,
      );
      return rows.map(toMailbox);
    },
    async add(mailbox) {
      const id = randomUUID();
      await commit({
        vault: mailbox.password === undefined ? [] : [{ name: passwordName(id), value: mailbox.password }],
        rows: async (own) => {
          const added = await own.query(sql`
            insert into mail_mailbox (
              tenant_id, id, kind, owner_member_id, name, address, auth, settings, rules, state, state_reason, live_from
            )
            values (
              ${thisTenant}, ${id}, ${mailbox.kind}, ${mailbox.ownerId ?? null}, ${mailbox.name}, ${mailbox.address},
              ${mailbox.auth}, ${json(mailbox.settings)}::jsonb, ${json(mailbox.rules)}::jsonb,
              ${mailbox.password === undefined ? 'needs-authorisation' : 'active'},
              ${mailbox.password === undefined ? 'Nobody has signed in yet.' : ''}, ${wholeSecond(new Date(clock.now()))}
            )
            on conflict (tenant_id, address) do nothing
            returning id`);
          if (added.length === 0)
            throw new ConflictError(`There is a mailbox ${mailbox.address} already`, { field: 'address' });
        },
      });
      return await get(id);
    },
    async change(id, { name, settings, rules, password }) {
      await get(id);
      await commit({
        vault: password === undefined ? [] : [{ name: passwordName(id), value: password }],
        rows: async (own) => {
          const ended = password === undefined ? sql`` : sql`, state = 'active', state_reason = ''`;
          await own.query(sql`
            update mail_mailbox set
              name = coalesce(${name ?? null}, name),
              settings = coalesce(${settings === undefined ? null : json(settings)}::jsonb, settings),
              rules = coalesce(${rules === undefined ? null : json(rules)}::jsonb, rules),
              updated_at = now()${ended}
            where tenant_id = ${thisTenant} and id = ${id}::uuid`);
        },
      });
      return await get(id);
    },
    async setState(id, state, reason) {
      await tables.query(sql`
        update mail_mailbox set state = ${state}, state_reason = ${reason}, updated_at = now()
          where tenant_id = ${thisTenant} and id = ${id}::uuid and (state <> ${state} or state_reason <> ${reason})`);
    },
    async remove(id) {
      const { grantId } = await get(id);
      const secrets = [passwordName(id), ...(grantId === undefined ? [] : [grantName(grantId)])];
      await commit({
        vault: secrets.map((name) => ({ name, value: undefined })),
        rows: async (own) => {
          const files = await filesOfMailbox(own, id);
          await own.query(sql`delete from mail_mailbox where tenant_id = ${thisTenant} and id = ${id}::uuid`);
          const gone = await own.query<{ id: string; source_file: string | null }>(sql`
            delete from mail_message message
              where message.tenant_id = ${thisTenant} and message.mailbox_id = ${id}::uuid and not exists (
                select from mail_placement placement
                  where placement.tenant_id = ${thisTenant} and placement.message_id = message.id
              )
              returning message.id, message.source_file`);
          const held = gone.filter(({ source_file: file }) => file !== null);
          const sources = held.map((message) => ({ key: sourceKey(message.id), file: undefined }));
          return { keeps: [...sources, ...(await removeUnused(own, files))] };
        },
      });
    },
    async authorise(id, grantId, refreshToken) {
      const before = await get(id);
      await commit({
        vault: [
          { name: grantName(grantId), value: refreshToken },
          ...(before.grantId === undefined ? [] : [{ name: grantName(before.grantId), value: undefined }]),
        ],
        rows: async (own) => {
          // Mail that came before the first sign-in is history.
          await own.query(sql`
            update mail_mailbox set grant_id = ${grantId}::uuid, state = 'active', state_reason = '', updated_at = now(),
                live_from = case when grant_id is null then ${wholeSecond(new Date(clock.now()))} else live_from end
              where tenant_id = ${thisTenant} and id = ${id}::uuid`);
        },
      });
    },
    async noteSuccess(id) {
      await tables.query(sql`
        update mail_mailbox set last_success_at = ${new Date(clock.now())}, last_error = '', last_remedy = ''
          where tenant_id = ${thisTenant} and id = ${id}::uuid`);
    },
    async noteError(id, error, remedy) {
      await tables.query(sql`
        update mail_mailbox
          set last_error = ${error}, last_remedy = ${remedy}, last_error_at = ${new Date(clock.now())}
          where tenant_id = ${thisTenant} and id = ${id}::uuid`);
    },
  };
}
