import {
  callEnded,
  type EventSubscription,
  mailReceived,
  on,
  recordCreated,
  recordDeleted,
  recordUpdated,
} from '@switchboard/core/contract';
import { dayChanged } from '../live/day.ts';
import type { Context } from '../services.ts';

/** An answered call is in the day of who took it. One that was missed, or that calls back, is everybody's concern. */
const over = on<Context, typeof callEnded.payload>(callEnded, async ({ commit, crm, clock }, { payload }) => {
  const { direction, outcome, agentExtension } = payload;
  const isOneAgents = direction === 'INBOUND' && outcome === 'ANSWERED' && agentExtension !== '';
  const members = isOneAgents ? await crm.findBy('workspaceMember', 'extension', agentExtension) : undefined;
  await commit({
    live: dayChanged(
      clock.now(),
      members?.map(({ id }) => id),
    ),
  });
});

/** A mail about which somebody has to decide is a concern of all who read that mailbox. */
const unclear = on<Context, typeof mailReceived.payload>(mailReceived, async ({ commit, clock }, { payload }) => {
  if (payload.outcome === 'needs-a-look') await commit({ live: dayChanged(clock.now()) });
});

/** Calls and cases that somebody changes in Twenty. Who had the case before is not told with it, so then everybody asks. */
const changed = [recordCreated, recordUpdated, recordDeleted].map((event) =>
  on<Context, typeof event.payload>(event, async ({ commit, crm, clock }, { payload }) => {
    const { object, recordId, updatedFields = [] } = payload;
    if (object !== 'serviceCase' && object !== 'phoneCall') return;
    const record = updatedFields.includes('assigneeId') ? undefined : await crm.get(object, recordId);
    const isOneMembers = object === 'serviceCase' && record !== undefined;
    await commit({ live: dayChanged(clock.now(), isOneMembers ? [record['assigneeId']] : undefined) });
  }),
);

export const dayEvents: readonly EventSubscription<Context>[] = [over, unclear, ...changed];
