import { sql } from 'kysely';
import type { Database } from '../../core/store/database.ts';
import type { DeskWorld } from '../desk/records.ts';

/** A mail of a customer and an answer for each case; twenty mails wait for a look. The answers are the agents', each in turn. */
export async function seedMails({ db, pool }: Database, { tenantId, members }: DeskWorld): Promise<void> {
  await sql`
    insert into mail_message (tenant_id, id, state, message_id, subject, from_address, from_name, received_at, verdict,
      is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
    select ${tenantId}, id, 'ready', id || '@example.com', data ->> 'subject', 'p1@example.com', 'Pat Example',
      (data ->> 'openedAt')::timestamptz, 'human', false, false, 6000, 0, '{"to": [], "cc": []}', repeat('It stands still again. ', 20),
      repeat('It stands still again. ', 20), '', ${MAILBOX}
    from crm_record where tenant_id = ${tenantId} and object = 'serviceCase'
  `.execute(db);
  await sql`
    insert into mail_filing (tenant_id, message_id, mailbox_id, outcome, case_id, related_case_id, sender_check, is_shown, is_quiet,
      direction, why, happened_at)
    select ${tenantId}, id, ${MAILBOX}, case when number <= 20 then 'needs-a-look' else 'joined' end,
      case when number > 20 then id end, case when number <= 20 then id end, 'VERIFIED', true, false, 'INBOUND', '', received_at
    from (select id, received_at, row_number() over (order by received_at desc) as number
      from mail_message where tenant_id = ${tenantId}) message
  `.execute(db);
  await sql`
    insert into mail_outgoing (tenant_id, id, request_key, mailbox_id, author_id, author_name, case_id, people, subject, text, message_id,
      state, go_at, created_at)
    select ${tenantId}, id, id::text, ${MAILBOX}, (${sql.val(members)}::uuid[])[1 + number % ${members.length}::int], 'An agent', id,
      '{"from": {"name": "", "address": "desk@example.com"}, "to": [{"name": "Pat Example", "address": "p1@example.com"}], "cc": [], "bcc": []}',
      subject, repeat('Somebody is on the way. ', 20), 'answer-' || id || '@example.com', 'done', received_at, received_at
    from (select id, subject, received_at, (row_number() over (order by received_at))::int as number
      from mail_message where tenant_id = ${tenantId}) message
  `.execute(db);
  await sql`
    insert into mail_transmission (tenant_id, outgoing_id, address, role, state, tries, code, answer, changed_at)
    select tenant_id, id, 'p1@example.com', 'to', 'accepted', 1, '250', '250 OK', created_at
    from mail_outgoing where tenant_id = ${tenantId}
  `.execute(db);
  await pool.query('vacuum analyze mail_message, mail_filing, mail_outgoing, mail_transmission');
}

/** A mailbox that was removed: nothing is fetched while pages are measured. */
const MAILBOX = '00000000-0000-4000-8000-0000000000a1';
