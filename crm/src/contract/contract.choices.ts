import type { Choice } from '../kit/fields.ts';

export const CONTRACT_STATES: readonly Choice[] = [
  ['DRAFT', 'Draft', 'gray'],
  ['ACTIVE', 'Active', 'green'],
  ['SUSPENDED', 'Suspended', 'orange'],
  ['ENDED', 'Ended', 'brown'],
];

export const SUPPORT_HOURS: readonly Choice[] = [
  ['BUSINESS_HOURS', 'Business hours', 'sky'],
  ['EXTENDED_HOURS', 'Extended hours', 'blue'],
  ['ALWAYS', 'Day and night', 'purple'],
  ['CUSTOM', 'Own schedule', 'orange'],
];
