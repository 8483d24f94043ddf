/** Gets the next item while the one before is worked on: never more than two are there. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let coming = source.next();
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done) return;
      coming = source.next();
      // Whoever leaves early does not hear how it ended.
      coming.catch(() => {});
      yield value;
    }
  } finally {
    await coming.catch(() => {});
    await source.return(undefined);
  }
}
