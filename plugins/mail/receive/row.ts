import { json } from '@switchboard/core/contract';
import type { Arrival } from './arrival.ts';

/** Messages as their table holds them: a JSON list in UTF-8. */
export function rowsOf(arrivals: readonly Arrival[]): Buffer {
  const parts = arrivals.flatMap((arrival, index) => [
    Buffer.from(`${index === 0 ? '[' : ','}${json(known(arrival)).slice(0, -1)},`),
    // Both are objects that have members: the one goes on where the other ends.
    arrival.columns.subarray(1),
  ]);
  return Buffer.concat([...parts, Buffer.from(arrivals.length === 0 ? '[]' : ']')]);
}

function known({ id, state, problem, problemCode, source, isHistory, isOutgoing, bytes, receivedAt }: Arrival): object {
  return {
    id,
    state,
    problem,
    problem_code: problemCode,
    received_at: receivedAt,
    is_history: isHistory,
    is_outgoing: isOutgoing,
    bytes,
    source_file: 'file' in source ? source.file : null,
  };
}
