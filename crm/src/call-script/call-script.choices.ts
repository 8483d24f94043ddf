import type { Choice } from '../kit/fields.ts';

export const SCRIPT_PURPOSES: readonly Choice[] = [
  ['SALES', 'Sales', 'green'],
  ['SERVICE', 'Service', 'blue'],
  ['SURVEY', 'Survey', 'purple'],
  ['REMINDER', 'Reminder', 'yellow'],
  ['COLLECTION', 'Collection', 'orange'],
  ['OTHER', 'Other', 'gray'],
];
