import type { CheckLine } from '../../contract/check.ts';
import type { CredentialKind, Limit } from '../budget.ts';
import { startLimits } from '../budget.ts';
import { ok } from './lines.ts';

/** With which limits the hub begins, and what Twenty's refusals have taught it since. */
export function limitsLine(learnt: Partial<Record<CredentialKind, Limit>>): CheckLine {
  const ofKind = (kind: CredentialKind): string => {
    const limit = learnt[kind];
    return limit === undefined ? `${inWords(startLimits[kind])} to begin with` : `${inWords(limit)}, as learnt`;
  };
  return ok('Limits', `API key: ${ofKind('apiKey')}; token of the app: ${ofKind('application')}.`);
}

function inWords(limit: Limit): string {
  if (limit === 'unlimited') return 'no limit';
  return `${limit.calls} operations in ${limit.perMs / 1000} s`;
}
