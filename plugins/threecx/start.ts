import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createCallWatch } from './calls/live/watch.ts';
import { holdLink } from './client/link.ts';
import type { Context } from './services.ts';

/** How soon it is seen that a channel that was off may be tried again. */
const LOOK_AGAIN_MS = 30_000;

/** Holds the live link to the PBX. Without a client for Call Control there is none, and the template tells of calls when they are over. */
export async function start(context: Context, signal: AbortSignal): Promise<void> {
  const { pbx, channels, sightings } = context.services;
  const { callControl } = pbx;
  if (callControl === undefined) {
    await once(signal, 'abort');
    return;
  }
  const { clock, log } = context;
  const watch = createCallWatch(context);
  const onHeld = async () => {
    await channels.noteOn('live');
    await sightings.note('live');
  };
  while (!signal.aborted) {
    await channels.through('live', async () => await holdLink({ callControl, watch, clock, log, onHeld }, signal));
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}
