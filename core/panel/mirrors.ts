import type { MirroredObject } from '../contract/index.ts';

/**
 * What the panel on record pages reads. Declared by the core and not by a plugin: calls and cases of a record belong to the desk whoever
 * wrote them, and the panel shows them also when no telephone system is connected.
 */
export const panelMirrors: readonly MirroredObject[] = [
  {
    object: 'phoneCall',
    fields: [
      'direction',
      'outcome',
      'startedAt',
      'durationSeconds',
      'waitSeconds',
      'agentName',
      'phoneNumber',
      'matchState',
      'candidates',
      'journey',
      'summary',
      'recordingConsent',
      'personId',
      'companyId',
      'locationId',
      'serviceCaseId',
      'mergedIntoId',
    ],
  },
  {
    object: 'serviceCase',
    fields: [
      'number',
      'subject',
      'status',
      'priority',
      'responseDueAt',
      'firstResponseAt',
      'resolveDueAt',
      'personId',
      'companyId',
      'locationId',
    ],
  },
  { object: 'person', fields: ['name', 'phones', 'doNotCall', 'companyId'] },
  { object: 'company', fields: ['name'] },
  { object: 'location', fields: ['name', 'phones', 'companyId'] },
  { object: 'malfunction', fields: ['name', 'companyId', 'locationId'] },
  { object: 'callTarget', fields: ['phoneNumber', 'status', 'compliance', 'personId'] },
];
