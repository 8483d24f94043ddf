import { type CrmReader, type CrmRecord, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import { normalAddress } from '../file/address.ts';
import { addressStates } from './address-states.ts';
import { nameOf, text } from './fields.ts';

/** Somebody whom a mail about a case may go to. */
export type Contact = {
  /** Null: takes part by mail, and is nobody in the CRM. */
  readonly personId: string | null;
  readonly name: string;
  /** Null: the CRM has none. */
  readonly address: string | null;
  readonly role: 'contact' | 'location' | 'customer' | 'participant';
  /** Why mail will not be welcome or not arrive; null while nothing is known against the address. */
  readonly trouble: { readonly state: 'failing' | 'unreachable' | 'do-not-mail'; readonly reason: string } | null;
};

/** Of one company or place; a picker with more is a search. */
const MOST = 200;

type Found = Omit<Contact, 'trouble'>;

/** The fixed contacts of a case: who reported it, who is there for its place and its customer, and who has taken part by mail. */
export async function contactsOf(
  { tables }: Pick<PluginContext, 'tables'>,
  crm: Pick<CrmReader, 'get' | 'getMany' | 'findBy'>,
  serviceCase: CrmRecord,
): Promise<Contact[]> {
  const [own, location, company] = await Promise.all([
    crm.get('person', text(serviceCase['personId'])),
    peopleOf(crm, 'location', text(serviceCase['locationId'])),
    peopleOf(crm, 'company', text(serviceCase['companyId'])),
  ]);
  const people: Found[] = [
    ...(own === undefined ? [] : [toContact(own, 'contact')]),
    ...location.map((one) => toContact(one, 'location')),
    ...company.map((one) => toContact(one, 'customer')),
  ];
  const named = onceEach(people);
  const known = new Set(named.flatMap(({ address }) => (address === null ? [] : [normalAddress(address)])));
  const others = (await participants(tables, serviceCase.id)).filter((address) => !known.has(address));
  const all = [
    ...named,
    ...others.map((address): Found => ({ personId: null, name: '', address, role: 'participant' })),
  ];
  const states = await addressStates(tables, [...known, ...others]);
  return all.map((one) => ({ ...one, trouble: states.get(normalAddress(one.address ?? '')) ?? null }));
}

async function peopleOf(crm: Pick<CrmReader, 'get' | 'findBy'>, object: 'location' | 'company', id: string) {
  if (id === '') return [];
  const [record, people] = await Promise.all([crm.get(object, id), crm.findBy('person', `${object}Id`, id, MOST)]);
  const main = text(record?.['primaryContactId']);
  const first = main === '' ? undefined : await crm.get('person', main);
  const named = people.toSorted((one, other) => nameIn(one).localeCompare(nameIn(other)));
  return first === undefined ? named : [first, ...named];
}

function toContact(person: CrmRecord, role: Contact['role']): Found {
  const { primaryEmail } = (person['emails'] ?? {}) as { primaryEmail?: unknown };
  return { personId: person.id, name: nameIn(person), address: text(primaryEmail) || null, role };
}

function nameIn(person: CrmRecord): string {
  const { firstName, lastName } = nameOf(person);
  return `${firstName} ${lastName}`.trim();
}

/** In the role in which somebody comes first. */
function onceEach(people: readonly Found[]): Found[] {
  return [...new Map(people.toReversed().map((one) => [one.personId, one])).values()].toReversed();
}

async function participants(tables: PluginContext['tables'], caseId: string): Promise<string[]> {
  const rows = await tables.query<{ address: string }>(sql`
    select address from mail_participant where tenant_id = ${thisTenant} and case_id = ${caseId}
    order by address limit ${MOST}
  `);
  return rows.map(({ address }) => address);
}
