import type { Threads } from './threads.ts';

/** The same threads for all who hold them: models are large, and a machine has as many cores as it has, however many tenants. */
export interface SharedThreads {
  readonly hold: () => Threads;
  /** The last one to let go ends them. */
  readonly release: () => Promise<void>;
}

export function shareThreads(create: () => Threads): SharedThreads {
  let threads: Threads | undefined;
  let holders = 0;
  return {
    hold() {
      holders += 1;
      return (threads ??= create());
    },
    async release() {
      holders -= 1;
      if (holders > 0) return;
      const ended = threads;
      threads = undefined;
      await ended?.close();
    },
  };
}
