/**
 * Runs one at a time. Whoever calls while it runs shares one further run: what had happened before a call is always seen by the run that
 * the call's promise stands for.
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;

  async function begin(): Promise<void> {
    following = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    await running;
  }

  return async () => {
    if (following === undefined && running === undefined) return await begin();
    following ??= running?.then(begin, begin);
    await following;
  };
}
