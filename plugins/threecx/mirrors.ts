import type { MirroredObject } from '@switchboard/core/contract';

/** What a lookup at ring time and the journal read. */
export const mirrors: readonly MirroredObject[] = [
  {
    object: 'person',
    fields: ['name', 'emails', 'phones', 'companyId', 'locationId'],
    phones: ['phones'],
    emails: ['emails'],
    search: ['name'],
  },
  { object: 'company', fields: ['name'] },
  { object: 'location', fields: ['name', 'phones', 'companyId'], phones: ['phones'], search: ['name'] },
  { object: 'workspaceMember', fields: ['userEmail', 'extension'] },
  {
    object: 'phoneCall',
    fields: ['name', 'phoneNumber', 'startedAt', 'matchState', 'candidates', 'personId', 'companyId', 'locationId'],
  },
];
