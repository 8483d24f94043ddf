import type { Choice } from '../kit/fields.ts';

export const LIST_STATES: readonly Choice[] = [
  ['DRAFT', 'Draft', 'gray'],
  ['ACTIVE', 'Active', 'green'],
  ['PAUSED', 'Paused', 'yellow'],
  ['FINISHED', 'Finished', 'blue'],
];
