import type { Choice } from '../kit/fields.ts';

/** What happened. One entry is one fact; corrections are new entries. */
export const ENTRY_KINDS: readonly Choice[] = [
  ['CREATED', 'Created', 'blue'],
  ['CALL_RECEIVED', 'Call received', 'sky'],
  ['CALL_MADE', 'Call made', 'purple'],
  ['CALL_MISSED', 'Call missed', 'red'],
  ['MAIL_RECEIVED', 'Mail received', 'turquoise'],
  ['MAIL_SENT', 'Mail sent', 'violet'],
  ['MAIL_FAILED', 'Mail not delivered', 'tomato'],
  ['CHAT_MESSAGE', 'Chat message', 'pink'],
  ['NOTE', 'Note', 'yellow'],
  ['STATUS', 'Status', 'green'],
  ['ASSIGNMENT', 'Assignment', 'orange'],
  ['PRIORITY', 'Priority', 'amber'],
  ['PROTOCOL_STEP', 'Protocol step', 'jade'],
  ['FIELD_CHANGE', 'Change of a field', 'gray'],
  ['LINKED', 'Linked', 'cyan'],
  ['UNLINKED', 'Unlinked', 'brown'],
  ['MERGED', 'Merged', 'bronze'],
  ['SPLIT', 'Split', 'bronze'],
  ['FILE', 'File', 'gold'],
  ['PROMISE', 'Promised time', 'lime'],
  ['IMPORTED', 'Imported', 'iris'],
  ['CORRECTION', 'Correction', 'crimson'],
  ['OTHER', 'Other', 'gray'],
  ['CALL_ENDED', 'Call ended', 'sky'],
  ['DELETED', 'Deleted', 'red'],
  ['ERASED', 'Words erased', 'gray'],
];

export const ACTOR_KINDS: readonly Choice[] = [
  ['MEMBER', 'Member', 'blue'],
  ['CUSTOMER', 'Customer', 'green'],
  ['SYSTEM', 'Hub', 'gray'],
  ['INTEGRATION', 'Other system', 'purple'],
];
