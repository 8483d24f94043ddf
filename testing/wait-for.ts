import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until the condition gives something truthy, and returns it.
 * @param what completes "waited in vain for ..." when it never does
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 20_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(20);
  }
}
