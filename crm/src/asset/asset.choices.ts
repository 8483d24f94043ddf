import type { Choice } from '../kit/fields.ts';

export const ASSET_STATES: readonly Choice[] = [
  ['PLANNED', 'Planned', 'sky'],
  ['IN_SERVICE', 'In service', 'green'],
  ['IMPAIRED', 'Impaired', 'yellow'],
  ['OUT_OF_SERVICE', 'Out of service', 'red'],
  ['IN_REPAIR', 'In repair', 'orange'],
  ['RETIRED', 'Retired', 'gray'],
];
