import type { Logger } from '../contract/index.ts';

export interface Repetition {
  /** Ends after the run under way. */
  readonly close: () => Promise<void>;
}

/** Repeats something small, never twice at a time. A run that fails is logged; the next one tries again. */
export function every(ms: number, name: string, log: Logger, run: () => Promise<void>): Repetition {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= run()
      .catch((error: unknown) =>
        log.warn({ task: name, err: error }, 'A part of the live feed failed; it is tried again'),
      )
      .finally(() => {
        running = undefined;
      });
  }, ms);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
