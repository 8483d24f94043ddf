import type { Clock } from '@switchboard/core/contract';

/** Remembers answers for a while. A failed question is asked again. */
export function createMemo<Key, Value>(clock: Clock, forMs: number, ask: (key: Key) => Promise<Value>) {
  const known = new Map<Key, { value: Promise<Value>; until: number }>();
  return async (key: Key): Promise<Value> => {
    const found = known.get(key);
    if (found !== undefined && clock.now() < found.until) return await found.value;
    const value = ask(key);
    known.set(key, { value, until: clock.now() + forMs });
    value.catch(() => known.delete(key));
    return await value;
  };
}
