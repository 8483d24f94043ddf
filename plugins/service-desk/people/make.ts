import { callers, type CrmReader, NotFoundError, parsePhone, PayloadError } from '@switchboard/core/contract';
import { checkLinks, keepMade } from '../cases/links.ts';
import { once } from '../cases/once.ts';
import type { Author, Context } from '../services.ts';

interface By {
  readonly author: Author;
  readonly crm: CrmReader;
}

export interface NewPerson {
  readonly requestId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** As the call has it, or as it was typed; empty for none. */
  readonly number: string;
  /** The call that this person is on. */
  readonly callId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly locationId?: string | undefined;
}

/** Makes a person; if a call is named, that is who is on the line. @throws PayloadError for a number that is none, or a link to nothing */
export async function makePerson(context: Context, { author, crm }: By, wanted: NewPerson): Promise<{ id: string }> {
  const { tables, tenant } = context;
  const { requestId, callId, firstName, lastName, email, number, companyId, locationId } = wanted;
  await checkLinks({ tables, crm }, { companyId, locationId });
  const phone = number === '' ? undefined : parsePhone(number, tenant.country);
  if (number !== '' && phone === undefined) {
    throw new PayloadError('number: is no telephone number', { field: 'body.number', remedy: 'Correct or empty it.' });
  }
  // Complete composites: Twenty replaces PHONES and EMAILS whole (Twenty 2.21, measured).
  const fields = {
    name: { firstName, lastName },
    ...(phone === undefined ? {} : { phones: { primaryPhoneNumber: phone.e164, additionalPhones: [] } }),
    ...(email === '' ? {} : { emails: { primaryEmail: email, additionalEmails: [] } }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(locationId === undefined ? {} : { locationId }),
  };
  const made = await make(context, author, { object: 'person', requestId, asked: wanted, fields });
  if (callId !== undefined) {
    // The person is there whatever becomes of the call: it may have ended in this moment.
    await context
      .capability(callers)
      ?.settle({ callId, personId: made.id, created: fields })
      .catch((error: unknown) => {
        if (!(error instanceof NotFoundError)) throw error;
      });
  }
  return made;
}

export interface NewLocation {
  readonly requestId: string;
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly companyId?: string | undefined;
}

export async function makeLocation(
  context: Context,
  { author, crm }: By,
  wanted: NewLocation,
): Promise<{ id: string }> {
  const { requestId, name, street, postcode, city, companyId } = wanted;
  await checkLinks({ tables: context.tables, crm }, { companyId });
  const hasAddress = [street, postcode, city].some((part) => part !== '');
  const fields = {
    name,
    ...(hasAddress ? { siteAddress: { addressStreet1: street, addressPostcode: postcode, addressCity: city } } : {}),
    ...(companyId === undefined ? {} : { companyId }),
  };
  return await make(context, author, { object: 'location', requestId, asked: wanted, fields });
}

interface Making {
  readonly object: 'person' | 'location';
  readonly requestId: string;
  readonly asked: object;
  readonly fields: Readonly<Record<string, unknown>>;
}

async function make(
  { crm, clock, commit }: Context,
  author: Author,
  { object, requestId, asked, fields }: Making,
): Promise<{ id: string }> {
  const key = `desk:${author.id}/${requestId}`;
  const id = crm.idFor(object, key);
  return await once(commit, { memberId: author.id, requestId, asked }, async (own) => {
    await keepMade(own, { object, id, fields, at: new Date(clock.now()) });
    return { answer: { id }, changes: { writes: [{ object, key, fields, lane: 'live' }] } };
  });
}
