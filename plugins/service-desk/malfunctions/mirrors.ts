import type { MirroredObject } from '@switchboard/core/contract';

/** What folders and suggestions read of the CRM, beside what the desk reads anyway. */
export const folderMirrors: readonly MirroredObject[] = [
  {
    object: 'malfunction',
    fields: [
      'name',
      'number',
      'title',
      'status',
      'severity',
      'kind',
      'assetKind',
      'isMajor',
      'announcement',
      'openedAt',
      'expectedResolutionAt',
      'resolvedAt',
      'closedAt',
      'lastActivityAt',
      'caseCount',
      'callCount',
      'companyId',
      'locationId',
      'assetId',
    ],
  },
  { object: 'serviceCase', fields: ['closeReason', 'malfunctionId', 'assetId'] },
  {
    object: 'phoneCall',
    fields: ['name', 'summary', 'personId', 'companyId', 'locationId', 'serviceCaseId', 'malfunctionId'],
  },
  { object: 'location', fields: ['siteAddress'] },
  { object: 'asset', fields: ['kind'] },
];
