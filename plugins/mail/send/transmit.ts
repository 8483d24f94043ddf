import {
  type JobRun,
  NotFoundError,
  PostponedError,
  sql,
  SwitchboardError,
  thisTenant,
  UpstreamError,
} from '@switchboard/core/contract';
import type { Mailbox, SendContext } from './context.ts';
import { deliver, type Outcome, type SmtpAccount, UNDER_WAY_MS } from './dialogue.ts';
import { findOutgoing, type StoredOutgoing, transmissionsOf } from './outgoing.ts';
import { takeTurn } from './pace.ts';
import { rawOf } from './raw.ts';
import { recordAccepted, recordFailed, recordLost } from './record-outcome.ts';
import { begin, judge, release, type Verdict } from './settle.ts';
import { TRANSMIT_MS, TRANSMIT_TRIES } from './work.ts';

/** How often a mail of a mailbox that waits for somebody looks again. */
const LOOK_AGAIN_MS = 300_000;

/**
 * Hands a mail to the server, at most once for each recipient. It may be killed anywhere and run again: what was not begun is sent, what was
 * accepted is left alone, and what was under way is never sent again without a person.
 */
export async function transmit(context: SendContext, mailId: string, run: JobRun): Promise<void> {
  const mail = await dueMail(context, mailId);
  if (mail === undefined) return;
  await giveUpLost(context, mailId);
  const addresses = await queuedOf(context, mailId);
  if (addresses.length === 0) return;
  const mailbox = await sendingMailbox(context, mail);
  if (!(await setOut(context, mailId))) return;
  const trying = { mail, addresses, run };
  const ready = await prepare(context, mail, mailbox).catch((error: unknown) => giveUp(context, trying, error));
  if (ready === undefined) return;
  const outcome = await deliver({
    ...ready,
    envelope: { from: mail.automatic === 'no' ? mail.people.from.address : '', to: written(mail, addresses) },
    beforeDot: async () => await claim(context, mailId, { addresses, run: runName(run) }),
    signal: run.signal,
  });
  await conclude(context, trying, outcome);
}

async function queuedOf({ tables }: SendContext, mailId: string): Promise<string[]> {
  const transmissions = await transmissionsOf(tables, [mailId]);
  return transmissions.filter(({ state }) => state === 'queued').map(({ address }) => address);
}

/** Addresses as the author wrote them: some servers tell upper from lower case in front of the @. */
function written({ people }: StoredOutgoing, addresses: readonly string[]): string[] {
  const wanted = new Set(addresses);
  return [...people.to, ...people.cc, ...people.bcc]
    .map(({ address }) => address)
    .filter((address) => wanted.has(address.toLowerCase()));
}

const runName = ({ id, attempt }: JobRun): string => `${id}/${attempt}`;

/** @returns undefined for a mail that was taken back, or of which nothing is left to do */
async function dueMail({ tables, clock }: SendContext, mailId: string): Promise<StoredOutgoing | undefined> {
  const mail = await findOutgoing(tables, mailId);
  if (mail === undefined || mail.state === 'undone' || mail.state === 'done') return undefined;
  const early = mail.goAt.getTime() - clock.now();
  if (mail.state === 'waiting' && early > 0) throw new PostponedError('The mail is to go later', early);
  return mail;
}

/** From here on the mail cannot be taken back. @returns false when it was */
async function setOut({ tables }: SendContext, mailId: string): Promise<boolean> {
  const rows = await tables.query(sql`
    update mail_outgoing set state = 'going'
    where tenant_id = ${thisTenant} and id = ${mailId} and state in ('waiting', 'going') returning id
  `);
  return rows.length > 0;
}

/**
 * A run before this one ended in the middle of handing the mail over: nobody knows what the server has. One that may still wait for the answer is let
 * to its end first: a person who was asked too early could send a mail again that arrives a moment later.
 *
 * @throws PostponedError until that run has surely ended
 */
async function giveUpLost(context: SendContext, mailId: string): Promise<void> {
  const lost = (await transmissionsOf(context.tables, [mailId])).filter(({ state }) => state === 'sending');
  if (lost.length === 0) return;
  const begun = Math.max(...lost.map(({ changedAt }) => changedAt.getTime()));
  const left = begun + UNDER_WAY_MS - context.clock.now();
  if (left > 0) throw new PostponedError('A run before may still wait for the answer of the server', left);
  const text = 'The hub was interrupted while the server took the mail.';
  await recordLost(context, mailId, {
    addresses: lost.map(({ address }) => address),
    answer: { code: '', text, isFinal: false },
    run: '',
  });
}

/** @returns undefined when it was removed */
async function sendingMailbox({ services }: SendContext, { mailboxId }: StoredOutgoing): Promise<Mailbox | undefined> {
  const mailbox = await services.mailboxes.find(mailboxId);
  if (mailbox === undefined || mailbox.isActive) return mailbox;
  throw new PostponedError('The mailbox cannot send at the moment', LOOK_AGAIN_MS, {
    remedy: 'Look at the mailbox: it may be paused or want a new sign-in. The mail goes as soon as it is active again.',
  });
}

type Ready = { readonly raw: Buffer; readonly account: SmtpAccount };

async function prepare(context: SendContext, mail: StoredOutgoing, mailbox: Mailbox | undefined): Promise<Ready> {
  if (mailbox === undefined) {
    throw new NotFoundError('The mailbox that the mail was to go from was removed', {
      remedy: 'Write it from another mailbox.',
    });
  }
  const raw = await rawOf(context, mail);
  await takeTurn(context.tables, mailbox, new Date(context.clock.now()));
  return { raw, account: await context.services.smtp(mailbox.id) };
}

/**
 * Tells the author what keeps a mail from being handed over at all, once waiting makes no sense or has lasted long enough.
 *
 * @throws the error while the mail is tried again
 */
async function giveUp(context: SendContext, { mail, addresses, run }: Trying, error: unknown): Promise<undefined> {
  const known = error instanceof SwitchboardError ? error : undefined;
  const retry = known?.retry ?? 'backoff';
  const isOver = retry === 'never' || (retry === 'backoff' && run.attempt >= TRANSMIT_TRIES);
  // A plugin that is paused goes on with the mail when an admin has acted.
  if (!isOver || known?.pausesPlugin === true) throw error;
  context.log.warn({ mail: mail.id, err: error }, 'A mail cannot be handed to a server and is given up');
  const text = known === undefined ? 'It failed unexpectedly.' : `${known.message}. ${known.remedy ?? ''}`.trim();
  const answer = { code: '', text, isFinal: true };
  const verdicts = addresses.map((address): Verdict => ({ address, answer, state: 'failed' }));
  await recordFailed(context, mail.id, verdicts, runName(run));
}

/** A claim that took longer is given back: by the time it is there, others may take its run for dead. */
const CLAIM_MS = 30_000;

/** All recipients or none: two runs never share a mail. */
async function claim(
  { commit, clock, tables }: SendContext,
  mailId: string,
  claimed: { readonly addresses: readonly string[]; readonly run: string },
): Promise<boolean> {
  let isOurs = false;
  const asked = clock.now();
  await commit({
    rows: async (own) => {
      if (!(await begin(own, mailId, claimed))) throw new Overtaken();
      isOurs = true;
    },
  }).catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error;
  });
  if (!isOurs || clock.now() - asked <= CLAIM_MS) return isOurs;
  await release(tables, mailId, claimed.run);
  return false;
}

class Overtaken extends Error {}

type Trying = { readonly mail: StoredOutgoing; readonly addresses: readonly string[]; readonly run: JobRun };

async function conclude(context: SendContext, { mail, addresses, run }: Trying, outcome: Outcome): Promise<void> {
  const isLast = run.attempt >= TRANSMIT_TRIES;
  const own = { addresses, run: runName(run) };
  if (outcome.kind === 'overtaken') return await leave(context, mail.id);
  if (outcome.kind === 'unknown') return await recordLost(context, mail.id, { ...own, answer: outcome.answer });
  if (outcome.kind === 'accepted') {
    const verdicts = outcome.refused.map((one): Verdict => verdictOn(one.address, one.answer, isLast));
    await recordAccepted(context, mail, { ...outcome, accepted: lower(outcome.accepted), verdicts, run: own.run });
    return again(verdicts);
  }
  const verdicts = addresses.map((address) =>
    verdictOn(address, outcome.perRecipient.get(address) ?? outcome.answer, isLast),
  );
  const failed = verdicts.filter(({ state }) => state === 'failed');
  await judge(
    context.tables,
    mail.id,
    verdicts.filter(({ state }) => state !== 'failed'),
    own.run,
  );
  if (failed.length > 0) await recordFailed(context, mail.id, failed, own.run);
  again(verdicts);
}

/**
 * Another run has the mail, and knows nothing of recipients who were queued after it began: these come when it has surely ended.
 *
 * @throws PostponedError while there are any
 */
async function leave(context: SendContext, mailId: string): Promise<void> {
  const left = await queuedOf(context, mailId);
  if (left.length > 0) throw new PostponedError('Another run hands the mail over to other recipients', TRANSMIT_MS);
}

function verdictOn(address: string, answer: Verdict['answer'], isLast: boolean): Verdict {
  return { address: address.toLowerCase(), answer, state: answer.isFinal || isLast ? 'failed' : 'queued' };
}

const lower = (addresses: readonly string[]): string[] => addresses.map((address) => address.toLowerCase());

/** @throws UpstreamError while somebody's turn is still to come */
function again(verdicts: readonly Verdict[]): void {
  const waiting = verdicts.find(({ state }) => state === 'queued');
  if (waiting === undefined) return;
  throw new UpstreamError(`The mail server took it not yet: ${waiting.answer.code || waiting.answer.text}`, {
    remedy: 'It is tried again for about a day; then the author is told.',
  });
}
