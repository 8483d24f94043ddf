import { sql, thisTenant } from '@switchboard/core/contract';
import type { Viewer } from './viewer.ts';

/**
 * Whose mail a viewer may see, as conditions of statements: what is not selected cannot leak, neither as a subject nor as a count. The case of a mail
 * is checked beside it, because Twenty's rights are known outside the database only.
 */

/** Of a filed message: admins all; else what is shown with its case, what lies in a desk mailbox, and what lies in the viewer's own. */
export function seesReceived({ isAdmin, memberId, readsCases }: Viewer) {
  return sql`(${isAdmin} or (${readsCases} and (filing.is_shown or exists (
      select from mail_mailbox box where box.tenant_id = ${thisTenant} and box.id = filing.mailbox_id and box.kind = 'desk')))
    or exists (
      select from mail_placement placement
      join mail_mailbox box on box.tenant_id = ${thisTenant} and box.id = placement.mailbox_id
      where placement.tenant_id = ${thisTenant} and placement.message_id = filing.message_id
        and box.owner_member_id = ${memberId ?? null}::uuid))`;
}

/** Of a mail of ours, where its case is shown: admins all; else the author's own, and what went from the desk or a shared mailbox. */
export function seesSent({ isAdmin, memberId, readsCases }: Viewer) {
  return sql`(${isAdmin} or mail.author_id = ${memberId ?? null}::uuid or (${readsCases} and exists (
      select from mail_mailbox box where box.tenant_id = ${thisTenant} and box.id = mail.mailbox_id
        and (box.kind = 'desk' or box.rules ->> 'isShared' = 'true'))))`;
}

/** Of the list Sent: what the viewer has sent; admins all. */
export function isOwn({ isAdmin, memberId }: Viewer) {
  return sql`(${isAdmin} or mail.author_id = ${memberId ?? null}::uuid)`;
}
