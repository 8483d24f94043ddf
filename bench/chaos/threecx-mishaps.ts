import { setTimeout as sleep } from 'node:timers/promises';
import type { Threecx } from '@switchboard/sandbox/threecx';
import type { OneHub } from './one-hub.ts';
import type { Draw, Mishap } from './mishaps.ts';
import type { Random } from './random.ts';

const LONGEST_OUTAGE_MS = 600_000;

/** The long outage of a run: a third of it, ten minutes at most. Calls go on meanwhile, nobody hears of them. */
export function outageOf(minutes: number): { afterMs: number; ms: number } {
  const runMs = minutes * 60_000;
  return { afterMs: runMs / 3, ms: Math.min(LONGEST_OUTAGE_MS, Math.round(runMs / 2)) };
}

/** What happens to the lines and the tokens of the PBX. */
export function pbxMishaps(pbx: Threecx): Draw {
  const disturb =
    (kind: 'frames' | 'posts') =>
    (random: Random): Mishap => {
      const ms = random.between(3000, 10_000);
      const disturbance = {
        duplicateEvery: random.between(2, 5),
        swapEvery: random.between(2, 5),
        delayMs: random.between(0, 1) * random.between(100, 1500),
      };
      return {
        text: `3CX: ${kind} doubled, overtaking and late for ${ms} ms`,
        strike: async () => {
          await pbx.faults.inject({ kind, ...disturbance });
          await sleep(ms);
          await pbx.faults.inject({ kind });
        },
      };
    };
  const dropped = (): Mishap => ({
    text: '3CX: WebSocket dropped',
    strike: async () => await pbx.faults.inject({ kind: 'drop-sockets' }),
  });
  const superseded = createSupersede(pbx, dropped);
  const draws: readonly Draw[] = [dropped, dropped, superseded, disturb('frames'), disturb('frames'), disturb('posts')];
  return (random) => random.pick(draws)(random);
}

const CLIENTS = ['crmlive', 'crmsync'] as const;
/** Of three tokens that end young within ten minutes the hub concludes that somebody else uses its client, and leaves it to him. */
const TOLERATED = 2;
const WITHIN_MS = 600_000;

/** @param instead what happens where one more would be too many */
function createSupersede(pbx: Threecx, instead: Draw): Draw {
  const struck = new Map<string, number[]>(CLIENTS.map((clientId) => [clientId, []]));
  return (random) => {
    const now = performance.now();
    const recent = (clientId: string) => (struck.get(clientId) ?? []).filter((at) => now - at < WITHIN_MS);
    const free = CLIENTS.filter((clientId) => recent(clientId).length < TOLERATED);
    if (free.length === 0) return instead(random);
    const clientId = random.pick(free);
    struck.set(clientId, [...recent(clientId), now]);
    return {
      text: `3CX: somebody else makes a token for ${clientId}`,
      strike: async () => await pbx.faults.inject({ kind: 'supersede', clientId }),
    };
  };
}

export function oneHubMishaps(hub: OneHub): Draw {
  return (random) => {
    const downMs = random.between(0, 4000);
    return {
      text: `hub: kill -9, started again after ${downMs} ms`,
      strike: async () => {
        await hub.kill();
        await sleep(downMs);
        await hub.startAgain();
      },
    };
  };
}
