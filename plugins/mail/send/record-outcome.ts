import {
  type Changes,
  event,
  job,
  mailSent,
  type PlainChanges,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { markRefused } from '../file/address-marks.ts';
import { journalEntry, outgoingKey, outgoingMessage, type SentState } from '../map.ts';
import { tellPeople } from '../reach/work.ts';
import { isShown } from '../shown.ts';
import type { Mailbox, SendContext } from './context.ts';
import { findOutgoing, type StoredOutgoing, type Transmission, transmissionsOf } from './outgoing.ts';
import { accept, finish, judge, type Verdict } from './settle.ts';
import { copyToSent, lookInSent } from './work.ts';

/** How a mail went, for everybody who wants to know: its rows, the CRM, the journal, the delivery log, other plugins. */

type Accepted = {
  readonly answer: string;
  readonly accepted: readonly string[];
  readonly serverMessageId: string;
  /** On recipients whom the server did not take. */
  readonly verdicts: readonly Verdict[];
  readonly run: string;
};

/** The commit point of sending. Nothing that follows from it is a reason to send again. */
export async function recordAccepted(context: SendContext, mail: StoredOutgoing, outcome: Accepted): Promise<void> {
  await recorded(context, mail.id, async (tables) => {
    await accept(tables, mail.id, outcome.accepted, outcome.answer);
    await judge(tables, mail.id, outcome.verdicts, outcome.run);
    await noteRefused(tables, outcome.verdicts, context.clock.now());
    await tables.query(sql`
      update mail_outgoing set server_message_id = ${outcome.serverMessageId.replaceAll(/[<>]/g, '')},
        copy_state = case copy_state when 'none' then 'wanted' else copy_state end
      where tenant_id = ${thisTenant} and id = ${mail.id}
    `);
  });
}

/** @param run '' for a mail that another run left behind */
export async function recordFailed(
  context: SendContext,
  mailId: string,
  verdicts: readonly Verdict[],
  run: string,
): Promise<void> {
  await recorded(context, mailId, async (tables) => {
    await judge(tables, mailId, verdicts, run);
    await noteRefused(tables, verdicts, context.clock.now());
  });
}

async function noteRefused(tables: PluginTables, verdicts: readonly Verdict[], now: number): Promise<void> {
  const refused = verdicts.flatMap(({ state, address, answer }) =>
    state === 'failed' ? [{ address, code: answer.code }] : [],
  );
  await markRefused(tables, refused, new Date(now));
}

/** The server may have it or not: look in Sent, then a person decides. */
export async function recordLost(
  context: SendContext,
  mailId: string,
  lost: { readonly addresses: readonly string[]; readonly answer: Verdict['answer']; readonly run: string },
): Promise<void> {
  const verdicts = lost.addresses.map((address) => ({ address, answer: lost.answer, state: 'unknown' as const }));
  await recorded(context, mailId, (tables) => judge(tables, mailId, verdicts, lost.run));
}

/** Changes transmissions and tells what the mail has become by that, in one commit. */
export async function recorded(
  context: SendContext,
  mailId: string,
  change: (tables: PluginTables) => Promise<unknown>,
): Promise<void> {
  const before = await findOutgoing(context.tables, mailId);
  const mailbox = before && (await context.services.mailboxes.find(before.mailboxId));
  await context.commit({
    rows: async (tables) => {
      await change(tables);
      await finish(tables, mailId);
      const mail = await findOutgoing(tables, mailId);
      return mail && changesFor(context, mail, mailbox, await transmissionsOf(tables, [mailId]));
    },
  });
}

function changesFor(
  { crm, clock }: SendContext,
  mail: StoredOutgoing,
  mailbox: Mailbox | undefined,
  transmissions: readonly Transmission[],
): PlainChanges {
  const now = new Date(clock.now());
  const state = stateOf(transmissions, now);
  if (state === undefined) return {};
  const caseMessageId = crm.idFor('caseMessage', outgoingKey(mail.id));
  const shown = mail.caseId !== null && mailbox !== undefined && isShown(mailbox);
  return {
    writes: shown ? [outgoingMessage(mail, state), ...activity(mail, state)] : [],
    journal: shown ? entryFor(mail, state, caseMessageId) : [],
    jobs: [...copyJob(mail, state), ...lookJob(mail, transmissions), ...tellJob(mail, transmissions)],
    events: shown && state.status === 'SENT' ? [sentEvent(mail, state, caseMessageId)] : [],
    notes: [note(mail, state, transmissions)],
  };
}

/** @returns undefined while all of it still waits */
function stateOf(transmissions: readonly Transmission[], now: Date): SentState | undefined {
  const failed = transmissions.filter(({ state }) => state === 'failed');
  const reason = failed.map(({ address, code, answer }) => `${address}: ${code} ${answer}`).join('; ');
  const accepted = transmissions.filter(({ state }) => state === 'accepted');
  const [first] = accepted.map(({ changedAt }) => changedAt).toSorted((one, other) => one.getTime() - other.getTime());
  if (first !== undefined) return { status: 'SENT', reason, at: first };
  if (transmissions.some(({ state }) => state === 'unknown')) return { status: 'QUEUED', reason: UNKNOWN, at: now };
  if (failed.length === transmissions.length) return { status: 'FAILED', reason, at: now };
  return undefined;
}

const UNKNOWN = 'It is not known whether the mail server took it; somebody has to look.';

function entryFor(mail: StoredOutgoing, { status, reason, at }: SentState, caseMessageId: string) {
  if (status === 'QUEUED') return [];
  const kind = status === 'SENT' ? 'MAIL_SENT' : 'MAIL_FAILED';
  const to = mail.people.to.map(({ address }) => address).join(', ');
  const name = status === 'SENT' ? `Mail to ${to}: ${mail.subject}` : `Mail to ${to} failed: ${reason}`;
  return [
    journalEntry({
      key: `${outgoingKey(mail.id)}/${kind}`,
      kind,
      name,
      at,
      actor: mail.authorId === null ? 'SYSTEM' : 'MEMBER',
      actorName: mail.authorName,
      actorId: mail.authorId ?? undefined,
      caseId: mail.caseId ?? undefined,
      caseMessageId,
      personId: mail.personId ?? undefined,
      details: { subject: mail.subject, to, ...(status === 'SENT' ? {} : { reason }) },
    }),
  ];
}

function activity({ caseId }: StoredOutgoing, { status, at }: SentState): NonNullable<Changes['writes']> {
  if (status !== 'SENT' || caseId === null) return [];
  return [{ object: 'serviceCase', id: caseId, fields: { lastActivityAt: at.toISOString() } }];
}

function copyJob(mail: StoredOutgoing, { status }: SentState) {
  return status === 'SENT' && mail.copyState === 'wanted' ? [job(copyToSent, { mailId: mail.id }, mail.id)] : [];
}

/** Providers that save by themselves need a moment. */
const LOOK_AFTER_MS = 60_000;

function lookJob(mail: StoredOutgoing, transmissions: readonly Transmission[]) {
  const lost = transmissions.filter(({ state }) => state === 'unknown').map(({ changedAt }) => changedAt.getTime());
  // Each loss is looked for, also one that comes after the mail was sent again.
  return lost.length === 0
    ? []
    : [job(lookInSent, { mailId: mail.id }, `${mail.id}/${Math.max(...lost)}`, LOOK_AFTER_MS)];
}

/** An address that a server does not know is shown with its person. */
function tellJob({ id }: StoredOutgoing, transmissions: readonly Transmission[]) {
  return transmissions.some(({ state }) => state === 'failed') ? [job(tellPeople, {}, `failed/${id}`)] : [];
}

function sentEvent(mail: StoredOutgoing, { at }: SentState, caseMessageId: string) {
  const payload = {
    mailId: mail.id,
    caseMessageId,
    caseId: mail.caseId,
    mailboxId: mail.mailboxId,
    personId: mail.personId,
    companyId: mail.companyId,
    malfunctionId: mail.malfunctionId,
    memberId: mail.authorId,
    to: mail.people.to.map(({ address }) => address),
    subject: mail.subject,
    sentAt: at.toISOString(),
  };
  return event(mailSent, payload, mail.id);
}

function note(mail: StoredOutgoing, { status }: SentState, transmissions: readonly Transmission[]) {
  const count = (state: Transmission['state']) => transmissions.filter((one) => one.state === state).length;
  const summary = `Mail to ${transmissions.length} recipient${transmissions.length === 1 ? '' : 's'}: ${count('accepted')} accepted, ${count('failed')} refused, ${count('unknown')} unknown.`;
  const result = status === 'SENT' ? ('done' as const) : ('failed' as const);
  const about = mail.caseId === null ? {} : { recordId: mail.caseId };
  return { direction: 'out' as const, kind: 'mail', result, summary, ...about };
}
