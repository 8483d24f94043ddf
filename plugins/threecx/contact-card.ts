import type { CrmMatch, CrmReader, CrmRecord, Tenant } from '@switchboard/core/contract';
import { linkOf } from './match.ts';

/** A contact as the template expects it; every reply of a lookup is `{ matches: ContactCard[] }`. */
export type ContactCard = {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
};

/**
 * @param phone the number asked for, exactly as received: 3CX drops a contact whose number is another one. Without it
 *   the record's own number.
 */
export async function contactCard(
  { tenant, crm }: { readonly tenant: Tenant; readonly crm: CrmReader },
  { object, record }: CrmMatch,
  phone?: string,
): Promise<ContactCard> {
  return {
    id: record.id,
    type: object,
    url: tenant.crmUrl === undefined ? '' : `${tenant.crmUrl}/object/${object}/${record.id}`,
    ...namesOf(record),
    company: await companyName(crm, linkOf(record, 'companyId')),
    email: part(record, 'emails', 'primaryEmail'),
    phone: phone ?? part(record, 'phones', 'primaryPhoneCallingCode') + part(record, 'phones', 'primaryPhoneNumber'),
  };
}

/** `Anna Example`, or the name of a location. */
export function displayName(record: CrmRecord): string {
  const { firstName, lastName } = namesOf(record);
  return `${firstName} ${lastName}`.trim();
}

export async function companyName(crm: CrmReader, id: string | undefined): Promise<string> {
  const company = id === undefined ? undefined : await crm.get('company', id);
  return typeof company?.['name'] === 'string' ? company['name'] : '';
}

/** A person has two names; what has one name, a location, shows it as the last. */
function namesOf(record: CrmRecord): { firstName: string; lastName: string } {
  const { name } = record;
  if (typeof name === 'string') return { firstName: '', lastName: name };
  return { firstName: part(record, 'name', 'firstName'), lastName: part(record, 'name', 'lastName') };
}

/** A text inside a composite field; empty when unset. */
function part(record: CrmRecord, field: string, name: string): string {
  const value = (record[field] as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
