import { on, saidErased } from '@switchboard/core/contract';
import { keep, recordingsOf } from '../recordings/kept.ts';
import type { Context } from '../services.ts';

/** The hub lets go of the sound of a call and plays it no more; what 3CX itself keeps is deleted there. */
export const eraseSound = on<Context, typeof saidErased.payload>(saidErased, async (context, { payload }) => {
  const known = await recordingsOf(context.store, payload.callId);
  await context.commit({
    store: known.map((one) => keep({ ...one, audio: 'gone', file: undefined })),
    keeps: known.map(({ id }) => ({ key: `recording/${id}`, file: undefined })),
  });
});
