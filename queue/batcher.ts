type Waiter<In, Out> = {
  readonly item: In;
  readonly resolve: (result: Out) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Collects what is asked for while the previous batch is under way, so that a busy worker needs one statement for many
 * jobs and an idle one does not wait.
 *
 * @param run answers in the order of its items
 */
export function createBatcher<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  maxSize = 200,
): (item: In) => Promise<Out> {
  let waiters: Waiter<In, Out>[] = [];
  let busy = false;

  return (item) =>
    new Promise((resolve, reject) => {
      waiters.push({ item, resolve, reject });
      if (!busy) void flush();
    });

  async function flush(): Promise<void> {
    busy = true;
    // Jobs that end in the same turn of the event loop ask one after the other.
    await new Promise(setImmediate);
    while (waiters.length > 0) {
      const batch = waiters.slice(0, maxSize);
      waiters = waiters.slice(maxSize);
      await answer(batch);
    }
    busy = false;
  }

  async function answer(batch: readonly Waiter<In, Out>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
