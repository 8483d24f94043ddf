import type { KeptRecording } from './kept.ts';

type Consent = KeptRecording['consent'];

const queueRules: Readonly<Record<string, string>> = {
  Disabled: 'QUEUE_DISABLED',
  AllowToOptOut: 'OPT_OUT',
  AskToOptIn: 'OPT_IN',
};

/** The rules under which the recordings of one call were made, as the field `recordingConsent` of the call has them. */
export function consentFlags(consents: readonly Consent[]): string[] {
  const flags = consents.flatMap(({ forbidden, externalCallsOnly, queue = '' }) => [
    forbidden === true ? 'FORBIDDEN' : undefined,
    externalCallsOnly === true ? 'EXTERNAL_ONLY' : undefined,
    queueRules[queue],
  ]);
  return [...new Set(flags.filter((flag) => flag !== undefined))].toSorted();
}
