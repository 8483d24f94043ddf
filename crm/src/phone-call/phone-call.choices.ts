import type { Choice } from '../kit/fields.ts';

export const CALL_DIRECTIONS: readonly Choice[] = [
  ['INBOUND', 'Inbound', 'blue'],
  ['OUTBOUND', 'Outbound', 'purple'],
  ['INTERNAL', 'Internal', 'gray'],
];

export const CALL_OUTCOMES: readonly Choice[] = [
  ['ANSWERED', 'Answered', 'green'],
  ['MISSED', 'Missed', 'red'],
  ['NOT_ANSWERED', 'Not answered', 'orange'],
];

/** How sure the link to a person is; an ambiguous number waits for a member to settle it. */
export const MATCH_STATES: readonly Choice[] = [
  ['MATCHED', 'Recognised', 'green'],
  ['AMBIGUOUS', 'Several possible', 'orange'],
  ['UNKNOWN', 'Unknown', 'gray'],
  ['SETTLED', 'Chosen by hand', 'turquoise'],
];
