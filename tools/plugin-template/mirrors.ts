import type { MirroredObject } from '@switchboard/core/contract';

/** What this plugin reads of the CRM. */
export const mirrors: readonly MirroredObject[] = [
  { object: 'person', fields: ['name', 'emails'], emails: ['emails'] },
];
