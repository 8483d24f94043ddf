import type { Mailbox } from './send/context.ts';

/** Whether the mail of a mailbox that belongs to a case is shown to everybody who sees the case, also in the CRM. */
export function isShown({ kind, rules }: Pick<Mailbox, 'kind' | 'rules'>): boolean {
  return kind === 'desk' || rules.isShared;
}
