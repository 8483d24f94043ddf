import type { CrmRecord } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import type { Direction } from '../segments/speakers.ts';
import type { Verdict } from './end.ts';

export type CallFacts = {
  readonly direction: Direction | undefined;
  /** What the telephone system was set to: `OPT_IN`, `FORBIDDEN` and so on. */
  readonly consent: readonly string[];
};

/** What the record of a call says about it. */
export function factsOf(call: CrmRecord | undefined): CallFacts | undefined {
  if (call === undefined) return undefined;
  const { direction, recordingConsent } = call as CrmRecord & { direction?: unknown; recordingConsent?: unknown };
  const known = (['INBOUND', 'OUTBOUND', 'INTERNAL'] as const).find((one) => one === direction);
  return { direction: known, consent: Array.isArray(recordingConsent) ? recordingConsent.map(String) : [] };
}

/** @returns why this call is not written down; undefined where it may be */
export function whyNot(
  facts: CallFacts | undefined,
  { consent, directions }: Pick<Config, 'consent' | 'directions'>,
): Verdict | undefined {
  const flags = facts?.consent ?? [];
  if (flags.includes('FORBIDDEN')) return refused('the telephone system may not record this call.');
  if (consent === 'asked' && !flags.includes('OPT_IN'))
    return refused('nobody is known to have asked the caller, and only calls whose caller was asked are written down.');
  if (!wanted[directions].includes(facts?.direction))
    return { state: 'refused', reason: 'direction', detail: 'calls of this direction are not written down.' };
  return undefined;
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
