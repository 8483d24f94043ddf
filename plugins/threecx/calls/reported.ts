import type { ReportedCall } from '../schema.ts';
import type { Reported } from './account.ts';

/** A post of the template as an account of its call. */
export function reportedAccount(call: ReportedCall): Reported {
  const { party, direction, agent, queue, seconds, callerId, recordingUrl, sentiment } = call;
  const startedAt = call.startedAt.toISOString();
  const answered = call.outcome === 'ANSWERED';
  return {
    channel: 'template',
    // One agent's part in one call with one other side: the line is where it is kept, so its number need not be here.
    id: `template/${agent.extension}/${direction}/${answered}/${startedAt}`,
    startedAt,
    endedAt: call.endedAt.toISOString(),
    direction,
    party,
    callerId,
    answered,
    seconds,
    agent,
    queue,
    entityId: call.entity.type === '' || call.entity.type === 'person' ? call.entity.id : '',
    recordingUrl,
    ...(sentiment === undefined ? {} : { sentiment }),
  };
}
