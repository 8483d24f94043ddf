import type { Choice } from '../kit/fields.ts';

export const LOCATION_KINDS: readonly Choice[] = [
  ['HEAD_OFFICE', 'Head office', 'blue'],
  ['OFFICE', 'Office', 'sky'],
  ['SHOP', 'Shop', 'orange'],
  ['WAREHOUSE', 'Warehouse', 'brown'],
  ['FACTORY', 'Factory', 'red'],
  ['PLANT', 'Technical plant', 'purple'],
  ['CARE_HOME', 'Care home', 'pink'],
  ['SCHOOL', 'School', 'yellow'],
  ['APARTMENTS', 'Apartment building', 'turquoise'],
  ['HOME', 'Private home', 'green'],
  ['PUBLIC', 'Public place', 'grass'],
  ['OTHER', 'Other', 'gray'],
];

export const LOCATION_STATES: readonly Choice[] = [
  ['PLANNED', 'Planned', 'sky'],
  ['ACTIVE', 'Active', 'green'],
  ['CLOSED', 'Closed', 'gray'],
];
