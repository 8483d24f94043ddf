import { type Figure, sql } from '@switchboard/core/contract';

/** Mailboxes that nobody hears anything of look like mailboxes without mail: this tells them apart. */
export const figures: readonly Figure[] = [
  {
    name: 'silent_mailboxes',
    help: 'Mailboxes that could not be read for longer than their workspace accepts',
    read: (tenantIds) => sql`
      select count(*)::int as value from mail_mailbox
        where tenant_id = any(${tenantIds}::uuid[]) and state = 'active' and silent_since is not null`,
  },
  {
    name: 'oldest_success_seconds',
    help: 'How long ago the mailbox was read that is waited for longest, also when nobody reads at all',
    read: (tenantIds) => sql`
      select coalesce(max(extract(epoch from now() - coalesce(last_success_at, updated_at))), 0)::float8 as value
        from mail_mailbox where tenant_id = any(${tenantIds}::uuid[]) and state = 'active'`,
  },
  {
    name: 'mailboxes_without_sign_in',
    help: 'Mailboxes whose owner has to sign in again or enter a password',
    read: (tenantIds) => sql`
      select count(*)::int as value from mail_mailbox
        where tenant_id = any(${tenantIds}::uuid[]) and state = 'needs-authorisation'`,
  },
];
