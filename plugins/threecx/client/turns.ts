/** Work that goes in parallel, but one after the other for the same key. */
export type Turns = {
  readonly take: (key: string, work: () => Promise<void>) => void;
  /** Resolves when nothing is going on. @throws the first failure of any work */
  readonly settled: () => Promise<void>;
};

/** @param onFailure is told of the first failure, at once */
export function createTurns(onFailure: () => void): Turns {
  const last = new Map<string, Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  return {
    take(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work).catch((error: unknown) => {
        failure ??= { error };
        onFailure();
      });
      last.set(key, turn);
      void turn.then(() => {
        if (last.get(key) === turn) last.delete(key);
      });
    },
    async settled() {
      while (last.size > 0) await Promise.all(last.values());
      if (failure !== undefined) throw failure.error;
    },
  };
}
