import { CredentialsError, defineJob, PostponedError } from '@switchboard/core/contract';
import { z } from 'zod';
import { NotPermittedError } from '../client/errors.ts';
import { recording } from './recording.ts';

export const RECORDINGS_EVERY_MS = 60_000;

/** Looks for recordings that are new. */
export const findRecordings = defineJob({
  name: 'threecx.find-recordings',
  payload: z.object({}),
  // The first look may go through thousands.
  timeoutMs: 300_000,
});

/** Half an hour of audio from a PBX behind a slow line. */
const DOWNLOAD_MS = 600_000;

/** Matches one recording with its call and keeps it. */
export const takeRecording = defineJob({
  name: 'threecx.take-recording',
  payload: z.object({
    recording,
    /** After so many days 3CX deletes it. */
    pbxDays: z.number().optional(),
  }),
  lane: 'bulk',
  timeoutMs: DOWNLOAD_MS,
});

const place = { callId: z.uuid(), recordingId: z.number().int() };

/** Writes into the record of a call under which rules its recordings were made: one after the other, so that none leaves another's out. */
export const noteConsent = defineJob({
  name: 'threecx.note-consent',
  payload: z.object({ callId: z.uuid(), callKey: z.string() }),
  lane: 'bulk',
  serialize: ({ callId }) => `consent/${callId}`,
});

/** Fetches audio that stayed in 3CX, because somebody wants to hear it. */
export const fetchRecording = defineJob({
  name: 'threecx.fetch-recording',
  payload: z.object(place),
  lane: 'live',
  timeoutMs: DOWNLOAD_MS,
  attempts: 3,
});

/** Looks whether 3CX has written down by now what was said. */
export const readRecordingText = defineJob({
  name: 'threecx.read-recording-text',
  payload: z.object({ ...place, recording, callKey: z.string(), step: z.number().int().nonnegative() }),
  lane: 'bulk',
  timeoutMs: DOWNLOAD_MS,
});

const AGAIN_MS = 10 * 60_000;

/** Work on one recording waits while 3CX does not allow it: licences, roles and keys change, and other channels must not stop for it. */
export async function whenAllowed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CredentialsError || error instanceof NotPermittedError) {
      throw new PostponedError('3CX does not let the hub have its recordings now', AGAIN_MS, { cause: error });
    }
    throw error;
  }
}
