import { handle } from '@switchboard/core/contract';
import { createRecordings } from '../client/recordings.ts';
import { holdAudio } from '../recordings/hold.ts';
import { findKept, keep } from '../recordings/kept.ts';
import { fetchRecording as type, whenAllowed } from '../recordings/work.ts';
import type { Context } from '../services.ts';

/** Brings audio that stayed in 3CX into the hub for a while. */
export const fetchRecording = handle<Context, typeof type.payload>(type, async (context, payload, { signal }) => {
  const { xapi } = context.services.pbx;
  const known = await findKept(context.store, { callId: payload.callId, id: payload.recordingId });
  if (xapi === undefined || known === undefined || known.audio === 'gone') return;
  await whenAllowed(async () => {
    const { kept, keeps } = await holdAudio(context, createRecordings(xapi), known, signal);
    await context.commit({ store: [keep(kept)], keeps });
  });
});
