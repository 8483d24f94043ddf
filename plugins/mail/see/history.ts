import { NotFoundError, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import type { SenderCheck } from '../prove/checks.ts';
import type { Recipient } from '../send/recipient.ts';
import type { Authentication } from '../understand/understood.ts';
import { transmissionsOf, waitsForMailbox } from '../send/outgoing.ts';
import { checkColumn, proofOf, type SenderProof } from './sender-proof.ts';
import { seesReceived, seesSent } from './visible.ts';
import type { Viewer } from './viewer.ts';

/** One line in the history of a case. */
export type HistoryLine = {
  readonly id: string;
  readonly kind: 'received' | 'sent';
  readonly at: Date;
  readonly from: Recipient;
  readonly to: readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly subject: string;
  /** The beginning of what was written. */
  readonly excerpt: string;
  readonly attachments: number;
  /** received: joined, reopened, …; sent: waiting, going, done. */
  readonly state: string;
  readonly senderCheck: string;
  /** Of a received mail: what is known about who has sent it; null where nobody has looked, or not yet. */
  readonly proof: SenderProof | null;
  /** Of a sent mail: by what its author takes it back; null for everybody else. */
  readonly requestId: string | null;
  /** Of a sent mail: not before then. */
  readonly goesAt: Date | null;
  readonly authorName: string;
  /** It cannot go because its mailbox is paused or wants a new sign-in. */
  readonly waitsForMailbox: boolean;
  /** Of a sent mail: what became of it, for each recipient whom the viewer may see. */
  readonly recipients: readonly { readonly address: string; readonly state: string; readonly answer: string }[];
};

type Reading = Pick<PluginContext, 'tables' | 'crm'>;

const MOST = 500;
const EXCERPT = 300;

/** All mail of a case that the viewer may see, the newest first; with that of cases that were merged into it. */
export async function historyOf({ tables, crm }: Reading, viewer: Viewer, caseId: string): Promise<HistoryLine[]> {
  if (!(await viewer.seesCase(caseId))) throw noCase();
  const ids = await withMerged(crm, caseId);
  const lines = await tables.query<
    HistoryLine & {
      bcc: Recipient[];
      isAuthor: boolean;
      requestKey: string | null;
      check: SenderCheck | null;
      said: Authentication | null;
    }
  >(sql`
    select * from (
      select filing.message_id as id, 'received' as kind, filing.happened_at as at,
        jsonb_build_object('name', message.from_name, 'address', message.from_address) as "from",
        message.understood -> 'to' as "to", message.understood -> 'cc' as cc, '[]'::jsonb as bcc, false as "isAuthor",
        message.subject, left(message.reply_text, ${EXCERPT}) as excerpt, message.attachments,
        filing.outcome as state, filing.sender_check as "senderCheck", null as "requestKey",
        null::timestamptz as "goesAt", '' as "authorName", false as "waitsForMailbox",
        message.understood -> 'authentication' as said, ${checkColumn} as "check"
      from mail_filing filing
      join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
      where filing.tenant_id = ${thisTenant} and filing.case_id = any(${ids}::uuid[])
        and filing.outcome in ('case-opened', 'joined', 'reopened', 'followed-up') and ${seesReceived(viewer)}
      union all
      select mail.id, 'sent', mail.created_at, mail.people -> 'from', mail.people -> 'to', mail.people -> 'cc',
        mail.people -> 'bcc', mail.author_id is not distinct from ${viewer.memberId ?? null}::uuid,
        mail.subject, left(mail.text, ${EXCERPT}), jsonb_array_length(mail.attachments), mail.state, '',
        mail.request_key, mail.go_at, mail.author_name, ${waitsForMailbox}, null, null
      from mail_outgoing mail
      where mail.tenant_id = ${thisTenant} and mail.case_id = any(${ids}::uuid[]) and mail.state <> 'undone'
        and ${seesSent(viewer)}
    ) line
    order by at desc, id limit ${MOST}
  `);
  const transmissions = await transmissionsOf(
    tables,
    lines.filter(({ kind }) => kind === 'sent').map(({ id }) => id),
  );
  return lines.map(({ bcc: _bcc, isAuthor, requestKey, check, said, ...line }) => ({
    ...line,
    proof: proofOf(check, said),
    requestId: isAuthor ? requestKey : null,
    recipients: transmissions
      .filter(({ mailId, role }) => mailId === line.id && (role !== 'bcc' || isAuthor || viewer.seesAllSent))
      .map(({ address, state, answer, bouncedAt, bounceReason }) => ({
        address,
        state: bouncedAt === null ? state : 'bounced',
        answer: bouncedAt === null ? answer : bounceReason,
      })),
  }));
}

const MOST_MERGED = 100;

async function withMerged(crm: Reading['crm'], caseId: string): Promise<string[]> {
  const ids = new Set([caseId]);
  for (const id of ids) {
    if (ids.size > MOST_MERGED) break;
    for (const merged of await crm.findBy('serviceCase', 'mergedIntoId', id, MOST_MERGED)) ids.add(merged.id);
  }
  return [...ids];
}

function noCase(): NotFoundError {
  return new NotFoundError('There is no such case', { field: 'caseId', remedy: 'Look at the case in Twenty again.' });
}
