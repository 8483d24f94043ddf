/** Kinds of entries as filters offer them. */
export const groups = ['calls', 'mails', 'notes', 'changes', 'links'] as const;
export type Group = (typeof groups)[number];

const kinds: Readonly<Record<Group, readonly string[]>> = {
  calls: ['CALL_RECEIVED', 'CALL_MADE', 'CALL_MISSED', 'CALL_ENDED'],
  mails: ['MAIL_RECEIVED', 'MAIL_SENT', 'MAIL_FAILED', 'CHAT_MESSAGE'],
  notes: ['NOTE'],
  changes: [
    'CREATED',
    'STATUS',
    'ASSIGNMENT',
    'PRIORITY',
    'FIELD_CHANGE',
    'DELETED',
    'PROTOCOL_STEP',
    'FILE',
    'PROMISE',
    'IMPORTED',
    'CORRECTION',
    'ERASED',
    'OTHER',
  ],
  links: ['LINKED', 'UNLINKED', 'MERGED', 'SPLIT'],
};

export const kindsOf = (chosen: readonly Group[]): readonly string[] => chosen.flatMap((group) => kinds[group]);

export function groupOf(kind: string): Group {
  return groups.find((group) => kinds[group].includes(kind)) ?? 'changes';
}
