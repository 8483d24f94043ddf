import type { Choice } from '../kit/fields.ts';

export const MALFUNCTION_STATES: readonly Choice[] = [
  ['REPORTED', 'Reported', 'blue'],
  ['INVESTIGATING', 'Investigating', 'sky'],
  ['IDENTIFIED', 'Cause known', 'purple'],
  ['IN_REPAIR', 'In repair', 'orange'],
  ['MONITORING', 'Watching', 'yellow'],
  ['RESOLVED', 'Resolved', 'green'],
  ['CLOSED', 'Closed', 'gray'],
];

export const SEVERITIES: readonly Choice[] = [
  ['MINOR', 'Minor', 'gray'],
  ['MODERATE', 'Moderate', 'yellow'],
  ['MAJOR', 'Major', 'orange'],
  ['CRITICAL', 'Critical', 'red'],
];

export const MALFUNCTION_KINDS: readonly Choice[] = [
  ['OUTAGE', 'Outage', 'red'],
  ['IMPAIRED', 'Impaired', 'orange'],
  ['DAMAGE', 'Damage', 'brown'],
  ['LEAK', 'Leak', 'cyan'],
  ['NOISE', 'Noise', 'yellow'],
  ['ALARM', 'Alarm', 'crimson'],
  ['SAFETY', 'Danger', 'ruby'],
  ['OTHER', 'Other', 'gray'],
];
