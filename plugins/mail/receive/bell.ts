import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes a loop that waits; rung while nobody waits, it is heard by the next one. */
export type Bell = { readonly ring: () => void; readonly wait: (ms: number, signal: AbortSignal) => Promise<void> };

export function createBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    async wait(ms, signal) {
      const over = new AbortController();
      const time = sleep(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => {});
      await Promise.race([rung.promise, time]);
      over.abort();
      rung = Promise.withResolvers();
    },
  };
}
