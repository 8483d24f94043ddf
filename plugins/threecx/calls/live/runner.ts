/** Runs one piece of work per key at a time. */
export interface Runner<Key> {
  /** Settles with a run that began after this was asked for; whoever asks while one is going on shares the next. */
  readonly run: (key: Key) => Promise<void>;
}

export function createRunner<Key>(work: (key: Key) => Promise<void>): Runner<Key> {
  const going = new Map<Key, Promise<void>>();
  const next = new Map<Key, Promise<void>>();

  function begin(key: Key): Promise<void> {
    const run = work(key).finally(() => {
      if (going.get(key) === run) going.delete(key);
    });
    going.set(key, run);
    return run;
  }

  return {
    async run(key) {
      const current = going.get(key);
      if (current === undefined) return await begin(key);
      const waiting = next.get(key);
      if (waiting !== undefined) return await waiting;
      const after = current
        .catch(() => undefined)
        .then(async () => {
          next.delete(key);
          await begin(key);
        });
      next.set(key, after);
      return await after;
    },
  };
}
