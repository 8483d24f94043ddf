import { defineTopic, live, type LiveChange } from '@switchboard/core/contract';
import { z } from 'zod';

const SHOWN_MS = 600_000;
const CLASH_MS = 60_000;

/** That something changed about the transcripts of a call: a page that shows them asks anew. Not what was said. */
export const transcriptChanges = defineTopic(
  'transcript-changes',
  z.object({
    callId: z.uuid(),
    at: z.iso.datetime(),
    /** Somebody wanted to correct a line that this member had corrected a moment before. */
    clash: z.object({ recordingId: z.string(), number: z.number().int(), by: z.string() }).optional(),
  }),
  { object: 'phoneCall' },
);

export function changeOf(callId: string, now: number): LiveChange {
  const data = { callId, at: new Date(now).toISOString() };
  return live(transcriptChanges, callId, data, { expiresAt: new Date(now + SHOWN_MS) });
}

interface Clash {
  readonly callId: string;
  readonly recordingId: string;
  readonly number: number;
  /** Who came second. */
  readonly by: string;
  /** Who was first, and is told. */
  readonly memberId: string;
}

export function clashOf({ callId, recordingId, number, by, memberId }: Clash, now: number): LiveChange {
  const data = { callId, at: new Date(now).toISOString(), clash: { recordingId, number, by } };
  return live(transcriptChanges, `${callId}/clash/${memberId}`, data, {
    members: [memberId],
    expiresAt: new Date(now + CLASH_MS),
  });
}
