import type { FieldProblem } from './draft.ts';
import { MOST_RECIPIENTS } from './draft.ts';
import type { Texts } from '../../texts/index.ts';

const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** "1.4 MB" */
export function fileSize(bytes: number, language: string): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 2 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** "today at 17:00", "Monday 23 November at 08:00" */
export function moment(iso: string, language: string): string {
  return new Date(iso).toLocaleString(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Which field, and what to do. */
export function problemText(problem: FieldProblem, { mail: { problems } }: Pick<Texts, 'mail'>): string {
  if (problem.kind === 'nobody') return problems.nobody;
  if (problem.kind === 'too-many') return problems.tooMany(problem.count, MOST_RECIPIENTS);
  if (problem.kind === 'no-address') return problems.noAddress(problem.text);
  return problem.field === 'subject' ? problems.noSubject : problems.noText;
}
