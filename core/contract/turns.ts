/** Pieces of work that wait for their turn. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Runs so many pieces of work at once, the others in their order; with 1 they run one after another. A piece that fails takes no other with it.
 *
 * @param limit at least 1
 */
export function createTurns(limit: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function inTurn(work) {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
