import { handle, job } from '@switchboard/core/contract';
import { forgetCall, forgetOld as type } from '../forget-work.ts';
import type { Context } from '../services.ts';
import { forgetWaveforms, oldCalls } from '../store/forget.ts';

const DAY_MS = 86_400_000;
/** Of a night; the next one goes on with the rest. */
const MOST = 20_000;

/** Texts and waveforms go after the days that the tenant has set; 0 keeps them. */
export const forgetOld = handle<Context, typeof type.payload>(type, async ({ tables, clock, config, commit }) => {
  const { textDays, derivedDays } = config;
  const before = (days: number) => new Date(clock.now() - days * DAY_MS);
  if (derivedDays > 0) await commit({ rows: async (rows) => void (await forgetWaveforms(rows, before(derivedDays))) });
  if (textDays === 0) return;
  const calls = await oldCalls(tables, before(textDays), MOST);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  // A call that fails is tried again by itself, and by the next night under its own key.
  if (calls.length > 0)
    await commit({ jobs: calls.map((callId) => job(forgetCall, { callId }, `${callId}/${today}`)) });
});
