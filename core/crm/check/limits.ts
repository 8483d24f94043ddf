import type { CheckLine } from '../../contract/check.ts';
import type { CredentialKind, KnownLimit, Limit } from '../limits.ts';
import { ok } from './lines.ts';

/** With which limits the hub works, and what taught it them. */
export function limitsLine(limits: Readonly<Record<CredentialKind, KnownLimit>>): CheckLine {
  const { apiKey, application } = limits;
  return ok('Limits', `API key: ${inWords(apiKey)}; token of the app: ${inWords(application)}.`, {
    code: 'limits.known',
    values: { apiKey: inFigures(apiKey), application: inFigures(application) },
  });
}

function inWords({ limit, source }: KnownLimit): string {
  if (source === 'configured') return `${calls(limit)} to begin with`;
  return `${calls(limit)}, as ${source === 'told' ? 'Twenty told' : 'found by trying'}`;
}

const inFigures = ({ limit }: KnownLimit): string =>
  limit === 'unlimited' ? '∞' : `${limit.calls} / ${limit.perMs / 1000} s`;

function calls(limit: Limit): string {
  return limit === 'unlimited' ? 'no limit' : `${limit.calls} operations in ${limit.perMs / 1000} s`;
}
