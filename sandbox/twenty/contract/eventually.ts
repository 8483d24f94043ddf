import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 200;

/** Asks until the answer is defined; undefined when the deadline passes first. */
export async function eventually<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  deadlineMs: number,
): Promise<T | undefined> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(pollMs)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  return undefined;
}
