import { json } from '@switchboard/core/contract';
import type { Arrival } from './arrival.ts';

/** Messages as their table holds them: a JSON list. */
export function rowsOf(arrivals: readonly Arrival[]): string {
  const rows = arrivals.map(
    ({ id, state, problem, columns, source, isHistory, isOutgoing, bytes, receivedAt: received_at }) => {
      const source_file = 'file' in source ? source.file : null;
      const known = {
        id,
        state,
        problem,
        received_at,
        is_history: isHistory,
        is_outgoing: isOutgoing,
        bytes,
        source_file,
      };
      return joined(json(known), columns);
    },
  );
  return `[${rows.join(',')}]`;
}

/** One JSON object of two that have members. */
function joined(one: string, other: string): string {
  return `${one.slice(0, -1)},${other.slice(1)}`;
}
