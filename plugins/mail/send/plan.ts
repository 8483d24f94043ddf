import {
  ConflictError,
  type CrmReader,
  type CrmRecord,
  ForbiddenError,
  type MailLeftOut,
  NotFoundError,
} from '@switchboard/core/contract';
import { normalAddress } from '../file/address.ts';
import { isClosed, livingCase } from '../file/case-state.ts';
import { withNumber } from '../file/subject.ts';
import { type AddressState, addressStates } from './address-states.ts';
import { type Body, bodyOf } from './body.ts';
import type { Mailbox, SendContext } from './context.ts';
import { findEarlier } from './earlier.ts';
import { type CaseRecords, fieldsOf, nameOf, readCase, text } from './fields.ts';
import { noQuote, type Quote, quoteOf } from './quote.ts';
import { checked, onceEach, type Recipient } from './recipient.ts';
import { renderText } from './template.ts';
import type { Wanted } from './wanted.ts';

/** One mail as it would go out. */
export type Draft = Body &
  Links & {
    readonly caseId: string;
    readonly from: Recipient;
    readonly to: readonly Recipient[];
    readonly cc: readonly Recipient[];
    readonly bcc: readonly Recipient[];
    readonly subject: string;
    readonly empty: readonly string[];
    readonly unknown: readonly string[];
    readonly warnings: readonly string[];
    readonly quote: Quote;
  };

/** What the mail is filed under. Its author is not shown them, so they do not depend on the author's role. */
type Links = {
  readonly malfunctionId: string | undefined;
  readonly personId: string | undefined;
  readonly companyId: string | undefined;
};

export type Plan = {
  readonly mailbox: Mailbox;
  readonly drafts: readonly Draft[];
  readonly leftOut: readonly MailLeftOut[];
};

const AT_ONCE = 20;

/** What a request comes to: one mail for each case, or the reason why there is none. Nothing is changed. */
export async function plan(context: SendContext, wanted: Wanted): Promise<Plan> {
  const mailbox = await mailboxFor(context, wanted);
  const author = await authorOf(context, wanted);
  const caseIds = await casesOf(context, wanted.about);
  const drafts: Draft[] = [];
  const leftOut: MailLeftOut[] = [];
  for (let start = 0; start < caseIds.length; start += AT_ONCE) {
    const part = caseIds.slice(start, start + AT_ONCE);
    const records = await Promise.all(part.map((id) => readCase(context.reader ?? context.crm, id)));
    const whole = await context.crm.getMany('serviceCase', part);
    const written = part.map((caseId, index) =>
      recipients(records[index], wanted, { caseId, ...linksOf(whole.get(caseId)) }),
    );
    const states = await addressStates(context.tables, written.flatMap(addressesOf));
    for (const [index, one] of written.entries()) {
      const around = records[index];
      const planned = 'reason' in one || around === undefined ? one : unlessUnwelcome(one, wanted, states);
      if ('reason' in planned || around === undefined) leftOut.push(planned as MailLeftOut);
      else {
        const setting = { context, wanted, mailbox, author };
        const links = linksOf(whole.get(planned.caseId));
        drafts.push({ ...draft(setting, around, planned, states), ...links, quote: await quoteFor(setting, planned) });
      }
    }
  }
  return { mailbox, drafts, leftOut };
}

/** @throws NotFoundError, ForbiddenError */
async function mailboxFor({ services }: SendContext, { mailboxId, by }: Wanted): Promise<Mailbox> {
  const found =
    mailboxId === undefined
      ? (await services.mailboxes.list()).find(({ kind, isActive }) => kind === 'desk' && isActive)
      : await services.mailboxes.find(mailboxId);
  if (found === undefined) {
    throw new NotFoundError('There is no such mailbox to send from', {
      field: 'mailboxId',
      reason: 'mail.no-mailbox-to-send',
      remedy: 'Choose one of the mailboxes of this workspace, or ask the admin to connect one.',
    });
  }
  if (!maySendFrom(found, by)) {
    throw new ForbiddenError('This mailbox belongs to somebody else', {
      field: 'mailboxId',
      reason: 'mail.mailbox-of-others',
      remedy: 'Send from a mailbox of the desk, or from your own.',
    });
  }
  return found;
}

export function maySendFrom({ kind, ownerId }: Mailbox, by: Wanted['by']): boolean {
  return kind === 'desk' || (by !== 'hub' && ownerId === by.memberId);
}

/** Who writes, and in which language. */
type Author = { readonly name: string; readonly locale: string };

async function authorOf({ crm, tenant }: SendContext, { by }: Wanted): Promise<Author> {
  if (by === 'hub') return { name: tenant.name, locale: tenant.locale };
  const member = await crm.get('workspaceMember', by.memberId);
  const { firstName, lastName } = nameOf(member);
  return { name: `${firstName} ${lastName}`.trim(), locale: text(member?.['locale']) || tenant.locale };
}

/** What a person answers. News to many, and what the hub writes by itself, stand alone. */
async function quoteFor({ context, wanted, mailbox, author }: Setting, { caseId, to, cc }: People): Promise<Quote> {
  if (wanted.by === 'hub' || !('caseId' in wanted.about) || !mailbox.rules.quotesEarlier) return noQuote;
  const addresses = [...to, ...cc].map(({ address }) => normalAddress(address));
  const earlier = await findEarlier(context.tables, { caseId, addresses, memberId: wanted.by.memberId });
  if (earlier === undefined) return noQuote;
  return quoteOf(earlier, { locale: author.locale, timeZone: context.tenant.timeZone });
}

/** @throws NotFoundError */
async function casesOf({ crm, reader = crm }: SendContext, about: Wanted['about']): Promise<string[]> {
  if ('caseId' in about) {
    const found = await livingCase(crm, about.caseId);
    if (found === undefined) throw notThere('case', 'about.caseId');
    return [found.id];
  }
  if ((await reader.get('malfunction', about.malfunctionId)) === undefined)
    throw notThere('malfunction', 'about.malfunctionId');
  const seen = await casesSeen(reader, about);
  // Also for a role that may not see it, a closed case gets no mail.
  const whole = await crm.getMany(
    'serviceCase',
    seen.map(({ id }) => id),
  );
  return seen
    .flatMap(({ id }) => whole.get(id) ?? [])
    .filter((one) => (about.caseIds !== undefined || !isClosed(one)) && text(one['mergedIntoId']) === '')
    .map(({ id }) => id);
}

/** As many as the mirror hands out at once. */
const MOST_CASES = 1000;

/**
 * The cases of a malfunction, or those of them that were picked.
 *
 * @throws ConflictError when there may be more than can be told: nobody is left out in silence
 */
async function casesSeen(
  reader: Pick<CrmReader, 'findBy' | 'getMany'>,
  { malfunctionId, caseIds }: Extract<Wanted['about'], { readonly malfunctionId: string }>,
): Promise<CrmRecord[]> {
  if (caseIds !== undefined) {
    const picked = await reader.getMany('serviceCase', caseIds);
    return [...picked.values()].filter((one) => one['malfunctionId'] === malfunctionId);
  }
  const seen = await reader.findBy('serviceCase', 'malfunctionId', malfunctionId, MOST_CASES);
  if (seen.length < MOST_CASES) return seen;
  throw new ConflictError(`The malfunction has ${MOST_CASES} cases or more, too many for one mail to all of them`, {
    field: 'about.malfunctionId',
    reason: 'mail.too-many-cases',
    values: { most: MOST_CASES },
    remedy: `Choose the cases to write to, up to ${MOST_CASES} for one mail.`,
  });
}

function notThere(what: 'case' | 'malfunction', field: string): NotFoundError {
  return new NotFoundError(`There is no such ${what}`, {
    field,
    reason: what === 'case' ? 'mail.case-gone' : 'mail.malfunction-gone',
    remedy: `Look at the ${what} in Twenty again.`,
  });
}

type People = Pick<Draft, 'to' | 'cc' | 'bcc'> & { readonly caseId: string };

function recipients(
  around: CaseRecords | undefined,
  wanted: Wanted,
  { caseId, personId }: { readonly caseId: string; readonly personId: string | undefined },
): People | MailLeftOut {
  if (around === undefined) return { caseId, reason: 'not-there', detail: 'The case is gone.' };
  if (wanted.to !== 'contact') return { caseId, to: wanted.to, cc: wanted.cc, bcc: wanted.bcc };
  if (around.person === undefined)
    return {
      caseId,
      reason: 'no-contact',
      detail:
        personId === undefined ? 'The case has no contact.' : 'The contact is gone, or your role may not see people.',
    };
  const { firstName, lastName } = nameOf(around.person);
  const name = `${firstName} ${lastName}`.trim();
  const emails = around.person['emails'] as { primaryEmail?: unknown } | undefined;
  const address = checked(text(emails?.primaryEmail));
  if (address === undefined)
    return { caseId, reason: 'no-address', detail: `${name || 'The contact'} has no e-mail address.` };
  const [to = [], cc = [], bcc = []] = onceEach([{ name, address }], wanted.cc, wanted.bcc);
  return { caseId, to, cc, bcc };
}

function addressesOf(one: People | MailLeftOut): string[] {
  return 'reason' in one ? [] : [...one.to, ...one.cc, ...one.bcc].map(({ address }) => normalAddress(address));
}

/** A contact is left out whom mail does not reach or who wants none; addresses that the author has written are tried, with a warning. */
function unlessUnwelcome(
  people: People,
  wanted: Wanted,
  states: ReadonlyMap<string, AddressState>,
): People | MailLeftOut {
  const [contact] = people.to;
  const state = contact && states.get(normalAddress(contact.address));
  if (wanted.to !== 'contact' || state === undefined || state.state === 'failing') return people;
  return state.state === 'do-not-mail'
    ? { caseId: people.caseId, reason: 'do-not-mail', detail: `${contact?.address} wants no mail.` }
    : {
        caseId: people.caseId,
        reason: 'unreachable',
        detail: `Mail to ${contact?.address} comes back: ${state.reason}.`,
      };
}

type Setting = {
  readonly context: SendContext;
  readonly wanted: Wanted;
  readonly mailbox: Mailbox;
  readonly author: Author;
};

function draft(
  setting: Setting,
  records: CaseRecords,
  people: People,
  states: ReadonlyMap<string, AddressState>,
): Omit<Draft, 'quote' | keyof Links> {
  const { context, wanted, mailbox, author } = setting;
  const { serviceCase } = records;
  const values = fieldsOf(records, { tenant: context.tenant, author: author.name, mailbox });
  const subject = renderText(wanted.subject, values);
  const body = bodyOf(wanted, mailbox.rules.signature, values);
  const number = mailbox.rules.numberInSubject ? text(serviceCase['number']) : '';
  return {
    caseId: serviceCase.id,
    from: { name: mailbox.name, address: mailbox.address },
    to: people.to,
    cc: people.cc,
    bcc: people.bcc,
    subject: withNumber(subject.text, number),
    text: body.text,
    html: body.html,
    empty: [...new Set([...subject.empty, ...body.empty])],
    unknown: [...new Set([...subject.unknown, ...body.unknown])],
    warnings: addressesOf(people).flatMap((address) => warning(address, states.get(address))),
  };
}

function linksOf(serviceCase: CrmRecord | undefined): Links {
  return {
    malfunctionId: text(serviceCase?.['malfunctionId']) || undefined,
    personId: text(serviceCase?.['personId']) || undefined,
    companyId: text(serviceCase?.['companyId']) || undefined,
  };
}

function warning(address: string, state: AddressState | undefined): string[] {
  if (state === undefined) return [];
  return [
    state.state === 'do-not-mail' ? `${address} wants no mail.` : `Mail to ${address} came back: ${state.reason}.`,
  ];
}
