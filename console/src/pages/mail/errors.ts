import { Problem } from '../../api/client.ts';
import { inWords } from '../../kit/in-words.ts';
import type { Texts } from '../../texts/index.ts';
import { type Draft, problemsOf } from './draft.ts';
import type { FieldErrors } from './mail-fields.tsx';
import { problemText } from './words.ts';

const known = new Set(['name', 'to', 'cc', 'bcc', 'subject', 'text', 'mailboxId', 'attachments', 'sendAt']);

/** What is wrong by looking at it. */
export function lookedAt(draft: Draft, texts: Texts, isForContacts = false): FieldErrors {
  const late = draft.sendAt !== undefined && Date.parse(draft.sendAt) < Date.now();
  const problems = problemsOf(draft, isForContacts).toReversed();
  return {
    ...Object.fromEntries(problems.map((problem) => [problem.field, problemText(problem, texts)])),
    ...(late ? { sendAt: texts.mail.whenPast } : {}),
  };
}

/** What the hub said about one of the fields: `body.to.3` is about `to`. */
export function fieldErrorOf(error: unknown, texts: Texts): FieldErrors {
  if (!(error instanceof Problem) || error.field === undefined) return {};
  const field = error.field.replace(/^(?:body|query)\./, '').split('.')[0] ?? '';
  if (!known.has(field)) return {};
  const { title, remedy } = inWords(error, texts);
  return { [field]: [title, remedy].filter((part) => part !== undefined).join('. ') };
}

export const isCaseGone = (error: unknown): boolean =>
  error instanceof Problem && error.status === 404 && /about|caseId/.test(error.field ?? '');

export const hasNoMailbox = (error: unknown): boolean =>
  error instanceof Problem && error.status === 404 && error.field === 'mailboxId';
