import type { Changes, CrmRecord } from '@switchboard/core/contract';
import { rememberChoice } from './directory.ts';
import { linkOf } from './match.ts';

/**
 * Somebody says with whom a call was: the record gets the person, with company and location where the call has none or the
 * person has another, and the number stands for that person from now on.
 */
export function settlement(call: CrmRecord, person: CrmRecord): Changes {
  const companyId = linkOf(person, 'companyId');
  const locationId = linkOf(call, 'locationId') ?? linkOf(person, 'locationId');
  const number = call['phoneNumber'];
  return {
    writes: [
      {
        object: 'phoneCall',
        id: call.id,
        fields: {
          personId: person.id,
          matchState: 'SETTLED',
          ...(companyId === undefined ? {} : { companyId }),
          ...(locationId === undefined ? {} : { locationId }),
        },
      },
    ],
    store: typeof number === 'string' && number.startsWith('+') ? [rememberChoice(number, person.id)] : [],
  };
}

export function isUnsettled(call: CrmRecord): boolean {
  return call['matchState'] === 'AMBIGUOUS' || call['matchState'] === 'UNKNOWN';
}
