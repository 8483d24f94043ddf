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

/** What the telephone system was set to when a call was recorded. */
export const RECORDING_RULES: readonly Choice[] = [
  ['OPT_IN', 'Caller was asked first', 'green'],
  ['OPT_OUT', 'Caller could opt out', 'yellow'],
  ['QUEUE_DISABLED', 'Queue does not record', 'gray'],
  ['EXTERNAL_ONLY', 'Outside calls only', 'sky'],
  ['FORBIDDEN', 'Not to be recorded', 'red'],
];

/** How sure the link to a person is; an ambiguous number waits for a member to settle it. */
export const MATCH_STATES: readonly Choice[] = [
  ['MATCHED', 'Recognised', 'green'],
  ['AMBIGUOUS', 'Several possible', 'orange'],
  ['UNKNOWN', 'Unknown', 'gray'],
  ['SETTLED', 'Chosen by hand', 'turquoise'],
];
