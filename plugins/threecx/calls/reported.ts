import type { ReportedCall } from '../schema.ts';
import type { Party } from '../party.ts';
import type { Reported } from './account.ts';

/**
 * A post of the template as an account of its call.
 *
 * @param readNumber understands a number of the other side, in the direction in which it was called
 */
export function reportedAccount(
  call: ReportedCall,
  readNumber: (number: string, direction: Reported['direction']) => Party,
): Reported {
  const { direction, agent, queue, seconds, callerId, recordingUrl, sentiment } = call;
  const startedAt = call.startedAt.toISOString();
  const answered = call.outcome === 'ANSWERED';
  return {
    channel: 'template',
    // One agent's part in one call with one other side: the line is where it is kept, so its number need not be here.
    id: `template/${agent.extension}/${direction}/${answered}/${startedAt}`,
    startedAt,
    endedAt: call.endedAt.toISOString(),
    direction,
    party: direction === 'OUTBOUND' ? readNumber(callerId, direction) : call.party,
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
