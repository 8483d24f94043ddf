import { setImmediate as endOfTurn } from 'node:timers/promises';

type Waiter<Item, Result> = { readonly item: Item; readonly done: PromiseWithResolvers<Result> };

/**
 * Does together what is asked for under one key in the same moment, or while the work before is going on. When many ask, the work is done once for
 * all of them; who asks alone waits for nobody. What fails together is done again one by one, so that nobody fails for somebody else.
 *
 * @param work all of it or nothing; its results are in the order of the items
 * @param most how many at a time
 */
export function createTogether<Item, Result = void>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (key: string, item: Item) => Promise<Result> {
  /** Those that wait, by key; a key is here while its work goes on. */
  const waiting = new Map<string, Waiter<Item, Result>[]>();

  async function doAll(key: string, queue: Waiter<Item, Result>[]): Promise<void> {
    // Whatever was read from the network at once is dealt with in one turn of the event loop.
    await endOfTurn();
    while (queue.length > 0) await doSome(queue.splice(0, most));
    waiting.delete(key);
  }

  async function doSome(some: readonly Waiter<Item, Result>[]): Promise<void> {
    try {
      const results = await work(some.map(({ item }) => item));
      for (const [index, { done }] of some.entries()) done.resolve(results[index] as Result);
    } catch (error) {
      if (some.length === 1) some[0]?.done.reject(error);
      else await Promise.all(some.map(async (one) => await doSome([one])));
    }
  }

  return async (key, item) => {
    const one = { item, done: Promise.withResolvers<Result>() };
    const queue = waiting.get(key);
    if (queue === undefined) {
      const first = [one];
      waiting.set(key, first);
      void doAll(key, first);
    } else {
      queue.push(one);
    }
    return await one.done.promise;
  };
}
