/** A thread that starts has to load what reading takes: on a busy machine many seconds, which are no message's fault. */
const START_LIMIT_MS = 120_000;

/** Aborts when a message takes too long. To be ended when the task is done. */
export type TimeLimit = { readonly signal: AbortSignal; readonly end: () => void };

/**
 * Watches how a thread gets on, whose clock nobody can hear while it hangs: no message gets more than twice the limit.
 *
 * @param begun in memory that is shared with the thread: how many messages of its task it has begun
 */
export function startTimeLimit(begun: Int32Array, limitMs: number): TimeLimit {
  const over = new AbortController();
  const startedAt = performance.now();
  let seen = 0;
  const timer = setInterval(() => {
    const now = Atomics.load(begun, 0);
    const isStarting = now === 0 && performance.now() - startedAt < START_LIMIT_MS;
    if (now === seen && !isStarting) over.abort();
    seen = now;
  }, limitMs);
  return { signal: over.signal, end: () => clearInterval(timer) };
}
