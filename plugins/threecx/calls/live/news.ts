import { callAnswered, callRinging, event, type EventInput } from '@switchboard/core/contract';
import type { Progress } from './book.ts';
import type { Card } from './topic.ts';
import { progressOf } from './journal.ts';
import { keyOf, type Tracked } from './tracked.ts';

/** What other plugins are told of a call: that it rings, once, and that somebody answered, once. */
export function newsOf(call: Tracked, card: Card, before: Progress): EventInput[] {
  const { callId, direction, phoneNumber, startedAt, agents, person, company, location } = card;
  const common = {
    callId,
    direction,
    phoneNumber,
    startedAt,
    personId: person?.id ?? null,
    companyId: company?.id ?? null,
    locationId: location?.id ?? null,
  };
  const extensions = agents.map(({ extension }) => extension);
  const answered = agents.find(({ state }) => state === 'talking');
  const isAnswered = before.answers === 0 && progressOf(call).answers > 0 && answered !== undefined;
  return [
    ...(before.isShown ? [] : [event(callRinging, { ...common, agentExtensions: extensions }, keyOf(call))]),
    ...(isAnswered
      ? [
          event(
            callAnswered,
            { ...common, answeredAt: answered.since, agentExtension: answered.extension },
            keyOf(call),
          ),
        ]
      : []),
  ];
}
