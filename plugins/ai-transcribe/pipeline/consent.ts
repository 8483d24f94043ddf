import { type CrmRecord, parsePhone } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import type { Direction } from '../segments/speakers.ts';
import { type Need, needOf } from './consent-rules.ts';
import type { Verdict } from './end.ts';

export type CallFacts = {
  readonly direction: Direction | undefined;
  /** Of the outside party, ISO 3166-1 alpha-2; of calls between colleagues the tenant's own. Undefined where its number does not tell. */
  readonly country: string | undefined;
  /** What the telephone system was set to: `OPT_IN`, `FORBIDDEN` and so on. */
  readonly consent: readonly string[];
};

/** What the record of a call says about it. @param home the tenant's country */
export function factsOf(call: CrmRecord | undefined, home: string): CallFacts | undefined {
  if (call === undefined) return undefined;
  const { direction, recordingConsent, phoneNumber } = call;
  const known = (['INBOUND', 'OUTBOUND', 'INTERNAL'] as const).find((one) => one === direction);
  const number = typeof phoneNumber === 'string' ? parsePhone(phoneNumber, home) : undefined;
  return {
    direction: known,
    country: known === 'INTERNAL' ? home : number?.country,
    consent: Array.isArray(recordingConsent) ? recordingConsent.map(String) : [],
  };
}

type Rules = Pick<Config, 'consent' | 'consentRules' | 'directions'>;

/** @returns why this call is not written down; undefined where it may be */
export function whyNot(facts: CallFacts | undefined, rules: Rules): Verdict | undefined {
  const flags = facts?.consent ?? [];
  if (flags.includes('FORBIDDEN')) return refused('the telephone system may not record this call.');
  if (!wanted[rules.directions].includes(facts?.direction))
    return { state: 'refused', reason: 'direction', detail: 'calls of this direction are not written down.' };
  const need = neededFor(facts, rules);
  const where = facts?.country === undefined ? 'calls whose country is not known' : `calls with ${facts.country}`;
  if (need === 'never') return refused(`${where} are never written down, in this direction or in any.`);
  if (need === 'asked' && !flags.includes('OPT_IN'))
    return refused(`nobody is known to have asked the caller, and of ${where} only those who were asked are.`);
  return undefined;
}

/** What the rules of the tenant want of such a call. */
export function neededFor(facts: CallFacts | undefined, { consent, consentRules }: Rules): Need {
  return needOf(consentRules, { direction: facts?.direction, country: facts?.country }, consent);
}

const wanted: Readonly<Record<Config['directions'], readonly (Direction | undefined)[]>> = {
  all: ['INBOUND', 'OUTBOUND', 'INTERNAL', undefined],
  external: ['INBOUND', 'OUTBOUND'],
  inbound: ['INBOUND'],
  outbound: ['OUTBOUND'],
};

function refused(detail: string): Verdict {
  return { state: 'refused', reason: 'consent', detail };
}
