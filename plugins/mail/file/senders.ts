import type { CrmReader, CrmRecord } from '@switchboard/core/contract';
import { normalAddress } from './address.ts';

/** Who stands behind an address. */
export type Sender = {
  readonly personId: string | undefined;
  readonly companyId: string | undefined;
  readonly locationId: string | undefined;
  readonly isStaff: boolean;
};

const AT_ONCE = 20;
const PAGE = 1000;

/** @param own addresses of our mailboxes */
export async function sendersOf(
  crm: CrmReader,
  addresses: readonly string[],
  own: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Sender>> {
  const wanted = [...new Set(addresses)].filter((address) => address !== '');
  const staff = wanted.length === 0 ? new Set<string>() : await staffAddresses(crm);
  const found = new Map<string, Sender>();
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const part = wanted.slice(start, start + AT_ONCE);
    const persons = await Promise.all(part.map((address) => personOf(crm, address)));
    for (const [index, address] of part.entries())
      found.set(address, toSender(persons[index], staff.has(address) || own.has(address)));
  }
  return found;
}

/** Of several people with one address nobody is meant for certain. */
async function personOf(crm: CrmReader, address: string): Promise<CrmRecord | undefined> {
  const persons = (await crm.findByEmail(address)).filter(({ object }) => object === 'person');
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
