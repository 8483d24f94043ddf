import { handle } from '@switchboard/core/contract';
import { consentFlags } from '../recordings/consent.ts';
import { recordingsOf } from '../recordings/kept.ts';
import { noteConsent as type } from '../recordings/work.ts';
import type { Context } from '../services.ts';

/** Copies what 3CX was set to when a call was recorded into its record, where people read it. */
export const noteConsent = handle<Context, typeof type.payload>(type, async (context, { callId, callKey }) => {
  const recordings = await recordingsOf(context.store, callId);
  const recordingConsent = consentFlags(recordings.map(({ consent }) => consent));
  await context.commit({ writes: [{ object: 'phoneCall', key: callKey, fields: { recordingConsent } }] });
});
