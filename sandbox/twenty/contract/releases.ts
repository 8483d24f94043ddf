export type Release = () => Promise<unknown>;

/** Runs every release, last registered first, also when one fails; then tells what failed. */
export async function releaseAll(releases: readonly Release[]): Promise<void> {
  const failures: unknown[] = [];
  for (const release of releases.toReversed()) {
    try {
      await release();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, 'The contract suite could not remove all that it created');
}
