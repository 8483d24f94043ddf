import { z } from 'zod';
import { defineJob } from '../contract/index.ts';

/** The two kinds of work that the host itself gives to plugins. Their owner is the plugin that does the work. */

/** Work on a stored delivery. */
export const receiveDelivery = defineJob({
  name: 'host.receive-delivery',
  payload: z.object({ inboxId: z.uuid(), webhook: z.string(), serialKey: z.string().optional() }),
  lane: 'live',
  serialize: (payload) => payload.serialKey,
});

/** Tell a plugin of an event. */
export const deliverEvent = defineJob({
  name: 'host.deliver-event',
  payload: z.object({ eventId: z.uuid(), name: z.string() }),
  lane: 'live',
});
