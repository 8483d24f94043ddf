type Waiter<Item> = { readonly item: Item; readonly done: PromiseWithResolvers<void> };

/**
 * Does together what is asked for under one key while the work before is going on. Who asks alone does not wait; when many ask, the work is
 * done once for all of them. What fails together is done again one by one, so that nobody fails for somebody else.
 *
 * @param work all of it or nothing
 * @param most how many at a time
 */
export function createTogether<Item>(
  work: (items: readonly Item[]) => Promise<void>,
  most: number,
): (key: string, item: Item) => Promise<void> {
  /** Those that wait, by key; a key is here while its work goes on. */
  const waiting = new Map<string, Waiter<Item>[]>();

  async function doAll(key: string, queue: Waiter<Item>[]): Promise<void> {
    while (queue.length > 0) await doSome(queue.splice(0, most));
    waiting.delete(key);
  }

  async function doSome(some: readonly Waiter<Item>[]): Promise<void> {
    try {
      await work(some.map(({ item }) => item));
      for (const { done } of some) done.resolve();
    } catch (error) {
      if (some.length === 1) some[0]?.done.reject(error);
      else await Promise.all(some.map(async (one) => await doSome([one])));
    }
  }

  return async (key, item) => {
    const one = { item, done: Promise.withResolvers<void>() };
    const queue = waiting.get(key);
    if (queue === undefined) {
      const first = [one];
      waiting.set(key, first);
      void doAll(key, first);
    } else {
      queue.push(one);
    }
    await one.done.promise;
  };
}
