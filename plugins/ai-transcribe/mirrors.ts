import type { MirroredObject } from '@switchboard/core/contract';

/** Who called whom, under which rules it was recorded, and what the telephone system wrote down; for lists of calls their people. */
export const mirrors: readonly MirroredObject[] = [
  {
    object: 'phoneCall',
    fields: ['direction', 'recordingConsent', 'transcript', 'startedAt', 'phoneNumber', 'personId'],
    untold: ['transcript'],
  },
  { object: 'person', fields: ['name'] },
];
