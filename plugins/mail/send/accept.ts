import { createHash } from 'node:crypto';
import {
  ConflictError,
  type FileKeep,
  job,
  json,
  type MailAccepted,
  type MailLeftOut,
  type MailRequest,
  PayloadError,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { domainOf } from '../file/address.ts';
import { addParticipants } from '../file/participants.ts';
import { referencesFor } from '../file/references.ts';
import { attachmentKey, readFiles } from './attachments.ts';
import { chainsOf } from './chain.ts';
import type { SendContext } from './context.ts';
import { insertOutgoing, type Outgoing, type OutgoingFile } from './outgoing.ts';
import { type Draft, type Plan, plan } from './plan.ts';
import { readRequest, type Wanted } from './wanted.ts';
import { transmitMail } from './work.ts';

type Automatic = Outgoing['automatic'];

/** Accepts the mails of a request, once. */
export async function acceptRequest(
  context: SendContext,
  request: MailRequest,
  automatic: Automatic = request.by === 'hub' ? 'auto-generated' : 'no',
): Promise<MailAccepted> {
  const wanted = readRequest(request);
  const hash = hashOf(wanted);
  const before = await earlierAnswer(context.tables, wanted, hash);
  if (before !== undefined) return before;
  const planned = await plan(context, wanted);
  assertSendable(planned);
  const files = await readFiles(context.files, wanted.attachments);
  const mails = await toMails(context, { wanted, planned, files, automatic });
  const answer = answerTo(wanted, planned, mails);
  try {
    await store(context, { wanted, hash, mails, answer });
  } catch (error) {
    // The same click a second time, while the first one was being worked on.
    const first = isTaken(error) ? await earlierAnswer(context.tables, wanted, hash) : undefined;
    if (first === undefined) throw error;
    return first;
  }
  return answer;
}

function hashOf(wanted: Wanted): string {
  const { requestId: _requestId, ...asked } = wanted;
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

async function earlierAnswer(
  tables: PluginTables,
  { requestId }: Wanted,
  hash: string,
): Promise<MailAccepted | undefined> {
  const [row] = await tables.query<{ hash: string; answer: MailAccepted }>(sql`
    select hash, answer from mail_request where tenant_id = ${thisTenant} and key = ${requestId}
  `);
  if (row === undefined || row.hash === hash) return row?.answer;
  throw new ConflictError('This request id was used for another mail', {
    field: 'requestId',
    reason: 'mail.request-used',
    remedy: 'Make a new id for every mail; the same one is for trying the same mail again.',
  });
}

/** Of refusals, by why the only case gets no mail. */
const reasons = {
  'no-contact': 'mail.no-contact',
  'no-address': 'mail.contact-without-address',
  'do-not-mail': 'mail.contact-wants-none',
  unreachable: 'mail.contact-unreachable',
  'not-there': 'mail.case-gone',
} as const satisfies Readonly<Record<MailLeftOut['reason'], string>>;

/** @throws PayloadError, ConflictError */
function assertSendable({ drafts, leftOut }: Plan): void {
  const unknown = [...new Set(drafts.flatMap((draft) => draft.unknown))];
  if (unknown.length > 0) {
    const names = unknown.map((name) => `{{${name}}}`).join(', ');
    throw new PayloadError(`There is no field ${names}`, {
      field: 'text',
      reason: 'mail.unknown-field',
      values: { names },
      remedy: 'Look at the list of fields and correct the name; the preview shows what each becomes.',
    });
  }
  if (drafts.length > 0) return;
  throw new ConflictError(leftOut[0]?.detail ?? 'There is no open case to write about', {
    field: 'to',
    reason: leftOut[0] === undefined ? 'mail.no-open-case' : reasons[leftOut[0].reason],
    remedy: 'Enter an address for the contact in Twenty, or write to an address of your choice.',
  });
}

type Making = {
  readonly wanted: Wanted;
  readonly planned: Plan;
  readonly files: readonly OutgoingFile[];
  readonly automatic: Automatic;
};

async function toMails(context: SendContext, { wanted, planned, files, automatic }: Making): Promise<Outgoing[]> {
  const { services, tables, crm, clock } = context;
  const { mailbox, drafts } = planned;
  const ids = await services.ownIds();
  const chains = await chainsOf(
    tables,
    drafts.map(({ caseId }) => caseId),
  );
  const domain = domainOf(mailbox.address);
  const author = wanted.by === 'hub' ? { id: null, name: '' } : await member(context, wanted.by.memberId);
  const first = Math.max(clock.now() + undoMs(wanted, planned), wanted.sendAt?.getTime() ?? 0);
  const pause = 60_000 / mailbox.rules.perMinute;
  return drafts.map((draft, index) => {
    const id = crm.idFor('mail', `${wanted.requestId}/${draft.caseId}`);
    const chain = chains.get(draft.caseId);
    return {
      ...toRow(draft),
      id,
      requestKey: wanted.requestId,
      mailboxId: mailbox.id,
      authorId: author.id,
      authorName: author.name,
      automatic,
      attachments: files,
      messageId: bare(ids.messageId({ caseId: draft.caseId, mailId: id }, domain)),
      inReplyTo: chain?.messageId ?? '',
      references: referencesFor(chain, ids.caseReference(draft.caseId, domain), ids).map(bare),
      // Servers count: what would be refused now may as well wait.
      goAt: new Date(first + Math.floor(index * pause)),
    };
  });
}

function undoMs({ by }: Wanted, { mailbox }: Plan): number {
  return by === 'hub' ? 0 : mailbox.rules.undoSeconds * 1000;
}

function toRow(draft: Draft) {
  return {
    caseId: draft.caseId,
    malfunctionId: draft.malfunctionId ?? null,
    personId: draft.personId ?? null,
    companyId: draft.companyId ?? null,
    people: { from: draft.from, to: draft.to, cc: draft.cc, bcc: draft.bcc },
    subject: draft.subject,
    text: draft.text,
    html: draft.html,
    quoteText: draft.quote.text,
    quoteHtml: draft.quote.html,
  };
}

async function member({ crm }: SendContext, id: string) {
  const found = await crm.get('workspaceMember', id);
  const { firstName = '', lastName = '' } = (found?.['name'] ?? {}) as { firstName?: string; lastName?: string };
  return { id, name: `${firstName} ${lastName}`.trim() };
}

const bare = (id: string): string => id.replaceAll(/[<>]/g, '');

function answerTo({ requestId }: Wanted, { leftOut }: Plan, mails: readonly Outgoing[]): MailAccepted {
  return {
    requestId,
    mails: mails.map(({ id, caseId, messageId }) => ({ mailId: id, caseId: caseId ?? '', messageId })),
    leftOut,
    goesAt: (mails[0]?.goAt ?? new Date(0)).toISOString(),
  };
}

type Accepting = {
  readonly wanted: Wanted;
  readonly hash: string;
  readonly mails: readonly Outgoing[];
  readonly answer: MailAccepted;
};

async function store({ commit, clock }: SendContext, { wanted, hash, mails, answer }: Accepting): Promise<void> {
  const authorId = wanted.by === 'hub' ? null : wanted.by.memberId;
  await commit({
    rows: async (tables) => {
      await tables.query(sql`
        insert into mail_request (tenant_id, key, author_id, hash, answer)
        values (${thisTenant}, ${wanted.requestId}, ${authorId}, ${hash}, ${json(answer)}::jsonb)
      `);
      await insertOutgoing(tables, mails);
      await addParticipants(tables, mails.flatMap(participants));
    },
    jobs: mails.map(({ id, goAt }) => job(transmitMail, { mailId: id }, id, Math.max(0, goAt.getTime() - clock.now()))),
    keeps: mails.flatMap(keeps),
  });
}

/** Whoever is openly written to may answer. */
function participants({ caseId, people }: Outgoing) {
  return [...people.to, ...people.cc].map(({ address }) => ({ caseId: caseId ?? '', address }));
}

/** The files wait here until they are part of the bytes of the mail. */
function keeps({ id, attachments }: Outgoing): FileKeep[] {
  return attachments.map(({ file }, index) => ({ key: attachmentKey(id, index), file }));
}

/** PostgreSQL's unique violation. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
