import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 100;
const PATIENCE_MS = 120_000;

/** Repeats what can be repeated until it succeeds: the other side is down half of the time here. */
export async function insist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw new Error(`In vain for ${PATIENCE_MS} ms: ${what}`, { cause: error });
      await sleep(PAUSE_MS);
    }
  }
}
