import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry, Played, PlayRequest } from '../threecx/index.ts';
import { DemoError } from './error.ts';
import type { Options } from './options.ts';

/** Long enough to see in the CRM who calls. */
const RING_SECONDS = 4;
const TALK_SECONDS = 4;
const LOOK_MS = 100;
const PATIENCE_MS = 60_000;

/** What the stand-in notes of a scenario that is over; nothing of one that failed. */
type Ended = { readonly played?: readonly Played[] };

/** Lets the telephone ring, and returns when the call is over and reported. @throws DemoError */
export async function play(url: string, options: Options): Promise<Played> {
  const { calls } = (await ask(url, '/control/scenarios', scriptOf(options))) as {
    calls: readonly { historyId: string }[];
  };
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    await delay(LOOK_MS);
    const { entries } = (await ask(url, '/control/log')) as { entries: readonly JournalEntry[] };
    const ended = entries.filter(({ kind }) => kind === 'scenario').map(({ result }) => result as Ended);
    const played = ended.flatMap((one) => one.played ?? []).find(({ historyId }) => historyId === calls[0]?.historyId);
    if (played !== undefined) return played;
  }
  throw new DemoError(`The 3CX stand-in at ${url} did not report the call. See the page there for what happened.`);
}

function scriptOf({ number, extension, direction, answered, times, text }: Options): PlayRequest {
  const scenarios = { inbound: ['missed', 'inbound'], outbound: ['unanswered', 'outbound'] } as const;
  return {
    scenario: scenarios[direction][answered ? 1 : 0],
    number,
    agent: extension,
    ringSeconds: RING_SECONDS,
    talkSeconds: TALK_SECONDS,
    times,
    text,
  };
}

async function ask(url: string, path: string, body?: object): Promise<unknown> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url + path, {
    ...(body === undefined ? {} : post),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new DemoError(`The 3CX stand-in at ${url} does not answer. Start the sandbox with "npm start".`, { cause });
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new DemoError(`The 3CX stand-in refuses the call: ${answer.error ?? response.status}.`);
  return answer;
}
