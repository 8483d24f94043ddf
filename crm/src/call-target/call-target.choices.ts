import type { Choice } from '../kit/fields.ts';

export const TARGET_STATES: readonly Choice[] = [
  ['WAITING', 'Waiting', 'gray'],
  ['RESERVED', 'Reserved', 'sky'],
  ['IN_CALL', 'In call', 'blue'],
  ['CALLBACK', 'Call back', 'yellow'],
  ['DONE', 'Done', 'green'],
  ['SKIPPED', 'Skipped', 'orange'],
  ['BLOCKED', 'Not allowed', 'red'],
];

export const TARGET_OUTCOMES: readonly Choice[] = [
  ['REACHED', 'Reached', 'green'],
  ['AGREED', 'Agreed', 'jade'],
  ['DECLINED', 'Declined', 'orange'],
  ['NO_ANSWER', 'No answer', 'yellow'],
  ['BUSY', 'Busy', 'amber'],
  ['VOICEMAIL', 'Voicemail', 'sky'],
  ['WRONG_NUMBER', 'Wrong number', 'brown'],
  ['DO_NOT_CALL', 'Do not call again', 'red'],
];

/** The decision taken before dialling. */
export const COMPLIANCE_DECISIONS: readonly Choice[] = [
  ['ALLOWED', 'Allowed', 'green'],
  ['FORBIDDEN', 'Forbidden', 'red'],
  ['LATER', 'Allowed later', 'yellow'],
  ['UNDECIDED', 'Undecided', 'gray'],
];
