import type { CrmMatch, CrmReader, CrmRecord } from '@switchboard/core/contract';
import { normalAddress } from './address.ts';

/** Who stands behind an address. */
export type Sender = {
  readonly personId: string | undefined;
  readonly companyId: string | undefined;
  readonly locationId: string | undefined;
  readonly isStaff: boolean;
};

const PAGE = 1000;

/** @param own addresses of our mailboxes */
export async function sendersOf(
  crm: CrmReader,
  addresses: readonly string[],
  own: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Sender>> {
  const wanted = [...new Set(addresses)].filter((address) => address !== '');
  if (wanted.length === 0) return new Map();
  const [staff, matches] = await Promise.all([staffAddresses(crm), crm.findByEmails(wanted)]);
  return new Map(
    wanted.map((address) => {
      const person = onlyPerson(matches.get(address) ?? []);
      return [address, toSender(person, staff.has(address) || own.has(address))];
    }),
  );
}

/** Of several people with one address nobody is meant for certain. */
function onlyPerson(matches: readonly CrmMatch[]): CrmRecord | undefined {
  const persons = matches.filter(({ object }) => object === 'person');
  return persons.length === 1 ? persons[0]?.record : undefined;
}

function toSender(person: CrmRecord | undefined, isStaff: boolean): Sender {
  const link = (field: string) => (typeof person?.[field] === 'string' ? person[field] || undefined : undefined);
  return { personId: person?.id, companyId: link('companyId'), locationId: link('locationId'), isStaff };
}

async function staffAddresses(crm: CrmReader): Promise<Set<string>> {
  const addresses = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await crm.all('workspaceMember', { limit: PAGE, ...(after !== undefined && { after }) });
    for (const { userEmail } of page) addresses.add(typeof userEmail === 'string' ? normalAddress(userEmail) : '');
    after = page.at(-1)?.id;
    if (page.length < PAGE) break;
  }
  addresses.delete('');
  return addresses;
}
