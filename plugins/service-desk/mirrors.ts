import type { MirroredObject } from '@switchboard/core/contract';

/** What the desk reads of the CRM. */
export const mirrors: readonly MirroredObject[] = [
  {
    object: 'serviceCase',
    fields: [
      'name',
      'number',
      'subject',
      'status',
      'priority',
      'kind',
      'channel',
      'nextStep',
      'nextStepAt',
      'serviceLevel',
      'openedAt',
      'responseDueAt',
      'resolveDueAt',
      'resolvedAt',
      'closedAt',
      'reopenCount',
      'personId',
      'companyId',
      'locationId',
      'assetId',
      'contractId',
      'malfunctionId',
      'assigneeId',
      'mergedIntoId',
    ],
  },
];
