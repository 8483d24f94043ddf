import type { Logger } from './contract/index.ts';

/** What was opened, closed in reverse order. */
export interface Releasers {
  readonly add: <Closable extends { readonly close: () => Promise<unknown> }>(closable: Closable) => Closable;
  /** Closes everything once; what fails to close is logged and does not keep the rest open. */
  readonly releaseAll: () => Promise<void>;
}

export function createReleasers(log: Logger): Releasers {
  const open: { close: () => Promise<unknown> }[] = [];
  return {
    add(closable) {
      open.push(closable);
      return closable;
    },
    async releaseAll() {
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        await last.close().catch((error: unknown) => log.error({ err: error }, 'Something could not be closed'));
      }
    },
  };
}
