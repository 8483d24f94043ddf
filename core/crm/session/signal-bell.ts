/** Wakes whoever waits; a ring while nobody waits is kept for the next one. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring, or at once when it rang since the last wait. Resolves as well when the signal aborts or the time is over. */
  readonly wait: (signal: AbortSignal, ms?: number) => Promise<void>;
}

export function createBell(): Bell {
  let rang = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rang = true;
      wake?.();
    },
    wait: (signal, ms) =>
      new Promise((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(() => done(), ms);
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = undefined;
          rang = false;
          resolve();
        };
        if (rang || signal.aborted) return done();
        wake = done;
        signal.addEventListener('abort', done, { once: true });
      }),
  };
}
