import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Recipient } from './recipient.ts';

/** Our mails and their transmissions, as they are stored. */

export type Outgoing = {
  readonly id: string;
  readonly requestKey: string;
  readonly mailboxId: string;
  readonly authorId: string | null;
  readonly authorName: string;
  readonly automatic: 'no' | 'auto-replied' | 'auto-generated';
  readonly caseId: string | null;
  readonly malfunctionId: string | null;
  readonly personId: string | null;
  readonly companyId: string | null;
  readonly people: {
    readonly from: Recipient;
    readonly to: readonly Recipient[];
    readonly cc: readonly Recipient[];
    readonly bcc: readonly Recipient[];
  };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The earlier mail below it; both empty where nothing is quoted. */
  readonly quoteText: string;
  readonly quoteHtml: string;
  readonly attachments: readonly OutgoingFile[];
  /** Without `<>`. */
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly goAt: Date;
};

export type OutgoingFile = {
  readonly file: string;
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: number;
};

export type StoredOutgoing = Outgoing & {
  readonly state: 'waiting' | 'going' | 'done' | 'undone';
  readonly serverMessageId: string;
  readonly rawFile: string | null;
  readonly rawBytes: number | null;
  readonly copyState: 'none' | 'wanted' | 'there' | 'by-provider' | 'failed';
  readonly copyDetail: string;
  readonly createdAt: Date;
};

export type Transmission = {
  readonly mailId: string;
  readonly address: string;
  readonly role: 'to' | 'cc' | 'bcc';
  readonly state: 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown' | 'undone';
  readonly tries: number;
  readonly code: string;
  readonly answer: string;
  readonly changedAt: Date;
  readonly bouncedAt: Date | null;
  readonly bounceReason: string;
};

/** Columns of `mail_outgoing` under the names used here. */
export const outgoingColumns = sql`
  mail.id, mail.request_key as "requestKey", mail.mailbox_id as "mailboxId", mail.author_id as "authorId",
  mail.author_name as "authorName", mail.automatic, mail.case_id as "caseId", mail.malfunction_id as "malfunctionId",
  mail.person_id as "personId", mail.company_id as "companyId", mail.people, mail.subject, mail.text, mail.html,
  mail.quote_text as "quoteText", mail.quote_html as "quoteHtml",
  mail.attachments, mail.message_id as "messageId", mail.server_message_id as "serverMessageId",
  mail.in_reply_to as "inReplyTo", mail.reference_ids as "references", mail.state, mail.go_at as "goAt",
  mail.raw_file as "rawFile", mail.raw_bytes as "rawBytes", mail.copy_state as "copyState",
  mail.copy_detail as "copyDetail", mail.created_at as "createdAt"`;

/** Whether a mail waits because its mailbox cannot send: it is paused, or its password or sign-in is no longer taken. */
export const waitsForMailbox = sql`(mail.state in ('waiting', 'going') and not exists (
  select from mail_mailbox box
  where box.tenant_id = ${thisTenant} and box.id = mail.mailbox_id and box.state = 'active'))`;

export async function findOutgoing(tables: PluginTables, id: string): Promise<StoredOutgoing | undefined> {
  const [row] = await tables.query<StoredOutgoing>(sql`
    select ${outgoingColumns} from mail_outgoing mail where mail.tenant_id = ${thisTenant} and mail.id = ${id}
  `);
  return row;
}

export async function transmissionsOf(tables: PluginTables, mailIds: readonly string[]): Promise<Transmission[]> {
  if (mailIds.length === 0) return [];
  return await tables.query<Transmission>(sql`
    select outgoing_id as "mailId", address, role, state, tries, code, answer, changed_at as "changedAt",
      bounced_at as "bouncedAt", bounce_reason as "bounceReason"
    from mail_transmission where tenant_id = ${thisTenant} and outgoing_id = any(${[...mailIds]}::uuid[])
    order by outgoing_id, role desc, address
  `);
}

export async function insertOutgoing(tables: PluginTables, mails: readonly Outgoing[]): Promise<void> {
  await tables.query(sql`
    insert into mail_outgoing (
      tenant_id, id, request_key, mailbox_id, author_id, author_name, automatic, case_id, malfunction_id, person_id,
      company_id, people, subject, text, html, quote_text, quote_html, attachments, message_id, in_reply_to, reference_ids,
      go_at)
    select ${thisTenant}, id, "requestKey", "mailboxId", "authorId", "authorName", automatic, "caseId", "malfunctionId",
      "personId", "companyId", people, subject, text, html, "quoteText", "quoteHtml", attachments, "messageId",
      "inReplyTo", "references", "goAt"
    from jsonb_to_recordset(${json(mails)}::jsonb) as row (
      id uuid, "requestKey" text, "mailboxId" uuid, "authorId" uuid, "authorName" text, automatic text, "caseId" uuid,
      "malfunctionId" uuid, "personId" uuid, "companyId" uuid, people jsonb, subject text, text text, html text, "quoteText" text,
      "quoteHtml" text, attachments jsonb, "messageId" text, "inReplyTo" text, "references" text[], "goAt" timestamptz)
  `);
  const transmissions = mails.flatMap(({ id, people }) =>
    (['to', 'cc', 'bcc'] as const).flatMap((role) =>
      people[role].map(({ address }) => ({ mailId: id, address: address.toLowerCase(), role })),
    ),
  );
  await tables.query(sql`
    insert into mail_transmission (tenant_id, outgoing_id, address, role)
    select ${thisTenant}, "mailId", address, role
    from jsonb_to_recordset(${json(transmissions)}::jsonb) as row ("mailId" uuid, address text, role text)
  `);
}
