import { setTimeout as delay } from 'node:timers/promises';

/** Classes of SQLSTATE that pass: connection lost, resources, shutdown, serialization and deadlock. */
const passingClasses = ['08', '40', '53', '57'];

/** A `while-waiting` key was taken between the look and the write; the second look sees it. */
const uniqueViolation = '23505';

const longestPauseMs = 2000;

/**
 * Repeats work on the database until it is there again.
 *
 * @param giveUp ends the repeating; the last error is thrown then
 * @throws at once what no repetition cures
 */
export async function persist<T>(work: () => Promise<T>, giveUp: AbortSignal): Promise<T> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (giveUp.aborted || !passes(error)) throw error;
      await delay(pauseMs, undefined, { signal: giveUp }).catch(() => {});
    }
  }
}

function passes(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isSqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  return !isSqlState || code === uniqueViolation || passingClasses.includes(code.slice(0, 2));
}
