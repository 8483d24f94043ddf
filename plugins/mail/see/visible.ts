import { sql, thisTenant } from '@switchboard/core/contract';
import type { Viewer } from './viewer.ts';

/**
 * Whose mail a viewer may see, as conditions of statements: what is not selected cannot leak, neither as a subject nor as a count. The case of a mail
 * is checked beside it, because Twenty's rights are known outside the database only.
 */

/**
 * Of a filed message: what is shown with its case, what lies in a desk mailbox, and what lies in the viewer's own. What came to a personal mailbox is
 * its owner's, whoever else asks.
 */
export function seesReceived({ memberId, readsCases }: Viewer) {
  return sql`((${readsCases} and (filing.is_shown or exists (
      select from mail_mailbox box where box.tenant_id = ${thisTenant} and box.id = filing.mailbox_id and box.kind = 'desk')))
    or exists (
      select from mail_placement placement
      join mail_mailbox box on box.tenant_id = ${thisTenant} and box.id = placement.mailbox_id
      where placement.tenant_id = ${thisTenant} and placement.message_id = filing.message_id
        and box.owner_member_id = ${memberId ?? null}::uuid))`;
}

/** Of a mail of ours, where its case is shown: all for who sees what everybody sends; else the author's own, and what went from the desk or a shared mailbox. */
export function seesSent({ seesAllSent, memberId, readsCases }: Viewer) {
  return sql`(${seesAllSent} or mail.author_id = ${memberId ?? null}::uuid or (${readsCases} and exists (
      select from mail_mailbox box where box.tenant_id = ${thisTenant} and box.id = mail.mailbox_id
        and (box.kind = 'desk' or box.rules ->> 'isShared' = 'true'))))`;
}

/** Of the list Sent: what the viewer has sent, or what everybody has. */
export function isOwn({ seesAllSent, memberId }: Viewer) {
  return sql`(${seesAllSent} or mail.author_id = ${memberId ?? null}::uuid)`;
}
