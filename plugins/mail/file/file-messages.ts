import { caseRules, type PlainChanges } from '@switchboard/core/contract';
import type { Mailbox, SendContext } from '../send/context.ts';
import { isShown } from '../shown.ts';
import { addArrivals, type Arrivals, recentArrivals } from './arrivals.ts';
import { type Arrived, arrivedOf } from './arrived.ts';
import { decide, type Hint, type KnownCase } from './decide.ts';
import { caseIdOf, type Decided, type Effects, effectsOf } from './effects.ts';
import { noteEvidence } from './evidence.ts';
import { type Filing, insertFilings } from './filing.ts';
import { knownCases, type Pointers, pointersOf } from './known-cases.ts';
import type { OwnIds } from './own-ids.ts';
import { addParticipants } from './participants.ts';
import { followReports, type Report, reportOn } from './reports.ts';
import { type Sender, sendersOf } from './senders.ts';
import { confirmThreads, OutdatedError, type ThreadCases, threadCases, threadIds } from './thread-cases.ts';

/** Each round somebody else has filed mail of these conversations; then the queue tries again. */
const MOST_ROUNDS = 5;

/**
 * Files stored messages, whole batches at once: decides the case of each and writes what follows, in one commit. Twice is once, whichever of two
 * runs comes first.
 */
export async function fileMessages(context: SendContext, messageIds: readonly string[]): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      return await fileOnce(context, messageIds);
    } catch (error) {
      if (!(error instanceof OutdatedError) || round === MOST_ROUNDS) throw error;
    }
  }
}

/** @throws OutdatedError */
async function fileOnce(context: SendContext, messageIds: readonly string[]): Promise<void> {
  const mails = await arrivedOf(context.tables, messageIds);
  if (mails.length === 0) return;
  const [ids, mailboxes] = await Promise.all([context.services.ownIds(), context.services.mailboxes.list()]);
  const own = new Set(mailboxes.map(({ address }) => address.toLowerCase()));
  const reports = mails.flatMap((mail) => reportOn(mail, ids, own) ?? []);
  const reported = new Set(reports.map(({ mail }) => mail.id));
  const ordinary = mails.filter(({ id }) => !reported.has(id));
  const decided = await decideAll(context, { ids, mailboxes, own }, ordinary);
  await commitAll(context, { ...decided, mails, reports });
  await noteEvidence(context, ids, { mails: ordinary, reports });
}

type Filed = {
  readonly mails: readonly Arrived[];
  readonly effects: readonly Effects[];
  readonly reports: readonly Report[];
  readonly threads: ThreadCases;
};

async function commitAll(context: SendContext, { mails, effects, reports, threads }: Filed): Promise<void> {
  const followed = await followReports(context, reports);
  await context.commit({
    rows: async (tables): Promise<PlainChanges> => {
      await confirmThreads(tables, joiningOf(mails, effects), threads);
      const filings: Filing[] = [...effects, ...followed].map(({ filing }) => filing);
      const fresh = await insertFilings(tables, filings);
      const isFresh = ({ filing }: { readonly filing: Filing }) => fresh.has(filing.messageId);
      const news = effects.filter(isFresh);
      await addParticipants(
        tables,
        news.flatMap(({ participants }) => participants),
      );
      await addArrivals(
        tables,
        mails.filter(({ id }) => fresh.has(id)),
      );
      const reported = followed.filter(isFresh);
      for (const { apply } of reported) await apply(tables);
      return {
        writes: [...news.flatMap(({ writes }) => writes), ...reported.flatMap(({ writes }) => writes)],
        journal: [...news.flatMap(({ journal }) => journal), ...reported.flatMap(({ journal }) => journal)],
        events: [...news.flatMap(({ events }) => events), ...reported.flatMap(({ events }) => events)],
        jobs: news.flatMap(({ jobs }) => jobs),
      };
    },
  });
}

function joiningOf(mails: readonly Arrived[], effects: readonly Effects[]) {
  const byId = new Map(mails.map((mail) => [mail.id, mail]));
  return effects.flatMap(({ filing: { messageId, caseId } }) => {
    const mail = byId.get(messageId);
    return mail === undefined || caseId === null ? [] : [{ mail, caseId }];
  });
}

type Setting = {
  readonly context: SendContext;
  readonly mailboxes: readonly Mailbox[];
  readonly own: ReadonlySet<string>;
  readonly senders: ReadonlyMap<string, Sender>;
  readonly arrivals: Arrivals;
  readonly known: Map<string, KnownCase>;
  readonly pointers: Pointers;
  /** Cases of this very batch, by the ids of the mails in them and by the ids that those name. */
  readonly local: Map<string, string>;
};

type Ours = Pick<Setting, 'mailboxes' | 'own'> & { readonly ids: OwnIds };

async function decideAll(context: SendContext, { ids, mailboxes, own }: Ours, mails: readonly Arrived[]) {
  const { crm, tables } = context;
  const [senders, arrivals, threads] = await Promise.all([
    sendersOf(
      crm,
      mails.map(({ fromAddress }) => fromAddress),
      own,
    ),
    recentArrivals(tables, mails),
    threadCases(tables, mails),
  ]);
  const pointers = await pointersOf({ crm, ids }, mails, threads);
  const asked = [...pointers.values()].flat().map(({ caseId }) => caseId);
  const now = new Date(context.clock.now());
  const known = await knownCases({ crm, tables }, asked, { rules: context.capability(caseRules), now });
  const setting = { context, mailboxes, own, senders, arrivals, known, pointers, local: new Map<string, string>() };
  const effects: Effects[] = [];
  // One after another: an answer may lie in the same batch as what it answers.
  for (const mail of mails) effects.push(...(await decideOne(setting, mail)));
  return { effects, threads };
}

async function decideOne(setting: Setting, mail: Arrived): Promise<Effects[]> {
  const { context, senders, arrivals } = setting;
  const mailbox = mailboxOf(setting, mail);
  // The mailbox was removed meanwhile, and its mail goes with it.
  if (mailbox === undefined) return [];
  const sender = senders.get(mail.fromAddress) ?? nobody;
  const flood = arrivals.count(mail);
  const hints = hintsOf(setting, mail);
  const decision = decide({
    verdict: mail.verdict,
    isOutgoing: mail.isOutgoing,
    isHistory: mail.isHistory,
    sender: { ...sender, address: mail.fromAddress, isProven: await isProven(context, mail, sender) },
    hints,
    flood,
    rules: { ...mailbox.rules, opensCases: mailbox.rules.opensCases && isShown(mailbox) },
  });
  const { idFor } = context.crm;
  const now = new Date(context.clock.now());
  const reopenCount = decision.outcome === 'reopened' ? await reopened(context, decision.caseId) : 0;
  const decided = { mail, mailbox, sender, decision, flood, reopenCount, now, idFor, ownAddresses: setting.own };
  remember(setting, decided);
  return [effectsOf(decided)];
}

/** Proof costs look-ups outside, so only mail that claims to be ours is asked for it, and only while it can still change something. */
async function isProven({ services }: SendContext, mail: Arrived, { isStaff }: Sender): Promise<boolean> {
  if (mail.isProven || !isStaff || mail.isHistory || mail.isOutgoing) return mail.isProven;
  return await services.isProven(mail.id);
}

const nobody: Sender = { personId: undefined, companyId: undefined, locationId: undefined, isStaff: false };

/** Where it was seen first; of several of ours that it is addressed to, one of the desk that opens cases. */
function mailboxOf({ mailboxes }: Setting, mail: Arrived): Mailbox | undefined {
  const seen = mailboxes.find(({ id }) => id === mail.mailboxId);
  if (seen === undefined || mail.isOutgoing || (seen.kind === 'desk' && seen.rules.opensCases)) return seen;
  const addressed = new Set([...mail.to, ...mail.cc].map(({ address }) => address.toLowerCase()));
  const desks = mailboxes.filter(({ kind, address }) => kind === 'desk' && addressed.has(address.toLowerCase()));
  return desks.find(({ rules }) => rules.opensCases) ?? desks[0] ?? seen;
}

function hintsOf({ known, pointers, local }: Setting, mail: Arrived): Hint[] {
  const near = threadIds(mail)
    .flatMap((id) => local.get(id) ?? [])
    .map((caseId) => ({ by: 'reference' as const, caseId }));
  return [...near, ...(pointers.get(mail.id) ?? [])].flatMap(({ by, caseId }) => {
    const found = known.get(caseId);
    return found === undefined ? [] : [{ by, case: found }];
  });
}

/** What comes later in the batch may answer this mail. */
function remember({ known, local, own }: Setting, decided: Decided): void {
  const { mail, decision, sender } = decided;
  const caseId = caseIdOf(decided);
  if (caseId === undefined) return;
  for (const id of threadIds(mail)) if (!local.has(id)) local.set(id, caseId);
  const people = [mail.fromAddress, ...[...mail.to, ...mail.cc].map(({ address }) => address.toLowerCase())];
  const before = known.get(caseId);
  known.set(caseId, {
    id: caseId,
    isClosed: decision.outcome === 'joined' && (before?.isClosed ?? false),
    participants: new Set([...(before?.participants ?? []), ...people.filter((one) => one !== '' && !own.has(one))]),
    companyId: before?.companyId ?? sender.companyId,
  });
}

async function reopened({ crm }: SendContext, caseId: string | undefined): Promise<number> {
  const found = caseId === undefined ? undefined : await crm.get('serviceCase', caseId);
  return typeof found?.['reopenCount'] === 'number' ? found['reopenCount'] : 0;
}
