import type { MirroredObject } from '@switchboard/core/contract';

/** What filing looks at, and what the fields of templates show. */
export const mirrors: readonly MirroredObject[] = [
  { object: 'person', fields: ['name', 'emails', 'companyId', 'locationId'], emails: ['emails'] },
  { object: 'company', fields: ['name'] },
  { object: 'location', fields: ['name', 'primaryContactId'] },
  { object: 'workspaceMember', fields: ['userEmail', 'name', 'locale'] },
  {
    object: 'serviceCase',
    fields: [
      'number',
      'subject',
      'status',
      'customerReference',
      'openedAt',
      'reopenCount',
      'personId',
      'companyId',
      'locationId',
      'malfunctionId',
      'mergedIntoId',
      'resolvedAt',
    ],
  },
  // What people have put to a case can be attached.
  { object: 'attachment', fields: ['name', 'file', 'targetServiceCaseId', 'createdBy'] },
  // Whose recordings can be attached.
  { object: 'phoneCall', fields: ['serviceCaseId'] },
  { object: 'malfunction', fields: ['number', 'title', 'status', 'announcement', 'expectedResolutionAt'] },
];
