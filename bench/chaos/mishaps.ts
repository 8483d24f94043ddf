import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@switchboard/sandbox/twenty';
import type { HubProcesses, Role } from './hub-processes.ts';
import type { Random } from './random.ts';
import type { TwentyProcess } from './twenty-process.ts';

/** One thing that goes wrong, and is over when `strike` resolves. */
export type Mishap = { readonly text: string; readonly strike: () => Promise<void> };

/** Draws the next mishap of one kind of victim. */
export type Draw = (random: Random) => Mishap;

export function hubMishaps(hub: HubProcesses, role: Role): Draw {
  return (random) => {
    const downMs = random.between(0, 4000);
    return {
      text: `hub ${role}: kill -9, started again after ${downMs} ms`,
      strike: async () => {
        await hub.kill(role);
        await sleep(downMs);
        await hub.startAgain(role);
      },
    };
  };
}

/** Mostly small troubles, now and then an outage. */
export function twentyMishaps(twenty: TwentyProcess): Draw {
  /** Hits a number of requests, whenever they come. */
  const counted =
    (fault: Fault, text: string, path: string, most: number) =>
    (random: Random): Mishap => {
      const times = random.between(1, most);
      return {
        text: `Twenty: ${text} (${times} times)`,
        strike: async () => await twenty.setFault(fault, { path, times }),
      };
    };
  /** Lasts for a while. */
  const lasting =
    (fault: Fault, text: string, most: number) =>
    (random: Random): Mishap => {
      const ms = random.between(500, most);
      const strike = async () => {
        await twenty.setFault(fault);
        await sleep(ms);
        await twenty.clearFaults();
      };
      return { text: `Twenty: ${text} for ${ms} ms`, strike };
    };
  const killed = (random: Random): Mishap => {
    const ms = random.between(200, 6000);
    const strike = async () => {
      await twenty.kill();
      await sleep(ms);
      await twenty.startAgain();
    };
    return { text: `Twenty: kill -9, started again after ${ms} ms`, strike };
  };
  const draws: readonly Draw[] = [
    counted({ kind: 'status', status: 500 }, 'answers 500', '/', 5),
    counted({ kind: 'status', status: 502 }, 'answers 502', '/graphql', 5),
    counted({ kind: 'status', status: 429 }, 'answers 429', '/graphql', 3),
    counted({ kind: 'limit' }, 'refuses by its limit', '/', 4),
    counted({ kind: 'reset-after-commit' }, 'does the work and cuts the connection', '/graphql', 4),
    counted({ kind: 'reset-after-commit' }, 'does the work and cuts the connection', '/graphql', 4),
    counted({ kind: 'delay', ms: 3000 }, 'answers 3 s late', '/', 6),
    lasting({ kind: 'delay', ms: 400 }, 'answers slowly', 5000),
    lasting({ kind: 'down' }, 'cuts every connection', 6000),
    lasting({ kind: 'drop-webhooks' }, 'loses its webhooks', 6000),
    lasting({ kind: 'drop-webhooks' }, 'loses its webhooks', 6000),
    killed,
  ];
  return (random) => random.pick(draws)(random);
}

/**
 * Lets mishaps happen to one victim, one after the other, until the time is over. The last one is over as well then.
 *
 * @param pauseMs between two of them, shortest and longest
 * @returns how many there were
 */
export async function runMishaps(
  random: Random,
  draw: Draw,
  pauseMs: readonly [number, number],
  { over, say }: { readonly over: AbortSignal; readonly say: (text: string) => void },
): Promise<number> {
  let happened = 0;
  for (;;) {
    await sleep(random.between(...pauseMs), undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return happened;
    const { text, strike } = draw(random);
    say(text);
    await strike();
    happened += 1;
  }
}
