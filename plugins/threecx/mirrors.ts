import type { MirroredObject } from '@switchboard/core/contract';

/** What a lookup at ring time, the journal and the draft of a case read. */
export const mirrors: readonly MirroredObject[] = [
  {
    object: 'person',
    fields: ['name', 'emails', 'phones', 'companyId', 'locationId', 'language'],
    phones: ['phones'],
    emails: ['emails'],
    search: ['name'],
  },
  { object: 'company', fields: ['name'] },
  { object: 'location', fields: ['name', 'phones', 'companyId'], phones: ['phones'], search: ['name'] },
  { object: 'workspaceMember', fields: ['userEmail', 'extension', 'name'] },
  {
    object: 'phoneCall',
    fields: [
      'name',
      'phoneNumber',
      'startedAt',
      'direction',
      'outcome',
      'matchState',
      'candidates',
      'personId',
      'companyId',
      'locationId',
      'mergedIntoId',
    ],
  },
  {
    object: 'serviceCase',
    fields: [
      'name',
      'status',
      'priority',
      'openedAt',
      'responseDueAt',
      'firstResponseAt',
      'resolveDueAt',
      'personId',
      'companyId',
      'locationId',
      'malfunctionId',
    ],
  },
  {
    object: 'malfunction',
    fields: ['name', 'status', 'severity', 'isMajor', 'announcement', 'openedAt', 'companyId', 'locationId'],
  },
  { object: 'asset', fields: ['name', 'kind', 'status', 'placement', 'locationId', 'contractId'] },
  {
    object: 'contract',
    fields: [
      'name',
      'status',
      'serviceLevel',
      'responseMinutes',
      'resolveMinutes',
      'supportHours',
      'startsOn',
      'endsOn',
      'companyId',
    ],
  },
  { object: 'protocol', fields: ['name', 'purpose', 'status', 'appliesTo', 'language', 'version'] },
];
