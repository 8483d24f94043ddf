import { type CrmRecord, PayloadError, type RawRequest, type Route } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { type ContactCard, contactCard } from '../contact-card.ts';
import { announceCreated, BRIDGE_MS, findByEmail, findByNumber, rememberChoice } from '../directory.ts';
import { personFields } from '../map.ts';
import { nobody, type Resolution } from '../match.ts';
import { readContact, type WantedContact } from '../schema.ts';
import type { Context } from '../services.ts';

/** 3CX asks to create a person. The answer comes at once, the record follows through the outbox. */
export const createContact: Route<Context> = {
  method: 'POST',
  path: '/contact',
  summary: 'Creates a person, or answers with the one there is',
  audience: 'vendor',
  verify: hasKey,
  async handle(context, request) {
    const contact = await readOrNote(context, request);
    const card = contact && (await personFor(context, contact));
    return { body: { matches: card === undefined ? [] : [card] } };
  },
};

/** 3CX understands no error: a bad request is answered like a number that nobody has, and noted for the operator. */
async function readOrNote(context: Context, { body }: RawRequest): Promise<WantedContact | undefined> {
  try {
    return readContact(body, context.tenant.country);
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    await noteRejected(context, `3CX asked to create a contact; ${error.message}.`);
    return undefined;
  }
}

async function personFor(context: Context, contact: WantedContact): Promise<ContactCard | undefined> {
  const { party, email, number } = contact;
  const byNumber = party.kind === 'public' ? await findByNumber(context, party.e164) : nobody;
  if (byNumber.winner?.object === 'person') return await contactCard(context, byNumber.winner, number);
  if (byNumber.state === 'AMBIGUOUS' && isAnonymous(contact)) return undefined;
  const byEmail = await findByEmail(context, email);
  if (byEmail.winner?.object === 'person') return await linkNumber(context, contact, byEmail.winner.record);
  if (party.kind !== 'public' && email === '') {
    await noteRejected(context, '3CX asked to create a contact without a usable number or e-mail address.');
    return undefined;
  }
  return await create(context, contact, byNumber);
}

/** The template's automatic creation sends a number only. Where several people have that, one more nobody helps no one. */
function isAnonymous({ firstName, lastName, email }: WantedContact): boolean {
  return firstName === '' && lastName === '' && email === '';
}

/** The address is known, the number is new: from now on it stands for that person. */
async function linkNumber(context: Context, { party, number }: WantedContact, record: CrmRecord): Promise<ContactCard> {
  if (party.kind === 'public') await context.commit({ store: [rememberChoice(party.e164, record.id)] });
  return await contactCard(context, { object: 'person', record }, number);
}

async function create(context: Context, contact: WantedContact, known: Resolution): Promise<ContactCard> {
  const { crm, clock } = context;
  const { party, email, number, company } = contact;
  const key = `3cx:${party.kind === 'public' ? party.e164 : email}`;
  const id = crm.idFor('person', key);
  const companyId = known.companyId ?? (await companyNamed(context, company));
  const fields = personFields(contact, { companyId, locationId: known.locationId });
  const until = new Date(clock.now() + BRIDGE_MS);
  await context.commit({
    writes: [{ object: 'person', key, fields }],
    store: party.kind === 'public' ? [announceCreated(party.e164, id, fields, until)] : [],
    notes: [
      { direction: 'in', kind: 'contact', result: 'done', summary: '3CX asked to create a contact.', recordId: id },
    ],
  });
  const card = await contactCard(context, { object: 'person', record: { ...fields, id } }, number);
  return card.company === '' ? { ...card, company } : card;
}

/** Companies are never created from what somebody typed into a telephone. */
async function companyNamed({ crm }: Context, name: string): Promise<string | undefined> {
  const found = name === '' ? [] : await crm.findBy('company', 'name', name, 2);
  return found.length === 1 ? found[0]?.id : undefined;
}

async function noteRejected(context: Context, summary: string): Promise<void> {
  await context.commit({ notes: [{ direction: 'in', kind: 'contact', result: 'rejected', summary }] });
}
