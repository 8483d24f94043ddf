/** Works on many things together. */
export interface Gathering<Key> {
  /** Settles with a run that began after this was asked for. Whatever is asked for while a run goes on is one more run. */
  readonly run: (keys: readonly Key[]) => Promise<void>;
}

type Run<Key> = { readonly keys: Set<Key>; readonly done: PromiseWithResolvers<void> };

/** @param work is given each thing once; one run at a time */
export function createGathering<Key>(work: (keys: readonly Key[]) => Promise<void>): Gathering<Key> {
  let next: Run<Key> | undefined;
  let isBusy = false;

  async function runAll(): Promise<void> {
    isBusy = true;
    while (next !== undefined) {
      const { keys, done } = next;
      next = undefined;
      await work([...keys]).then(done.resolve, done.reject);
    }
    isBusy = false;
  }

  return {
    async run(keys) {
      if (keys.length === 0) return;
      next ??= { keys: new Set(), done: Promise.withResolvers() };
      for (const key of keys) next.keys.add(key);
      const { done } = next;
      if (!isBusy) void runAll();
      await done.promise;
    },
  };
}
