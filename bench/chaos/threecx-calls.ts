import { setTimeout as sleep } from 'node:timers/promises';
import type { PlayRequest, Threecx } from '@switchboard/sandbox/threecx';
import type { Random } from './random.ts';

const AGENTS = ['101', '102', '103', '104', '105'];

/** Each as often as it stands here. */
const SCENARIOS = [
  'inbound',
  'inbound',
  'outbound',
  'internal',
  'missed',
  'unanswered',
  'withheld',
  'shared',
  'queue',
  'queue-abandoned',
  'ring-group',
  'transfer',
  'voicemail',
  'callback',
  'overlap',
] as const;

/** Milliseconds between two scenarios: two to four in a second. */
const PAUSE_MS = [250, 500] as const;

/** Plays scenarios one beside the other until the time is over. @returns how many were begun; some still go on */
export async function playCalls(pbx: Threecx, random: Random, over: AbortSignal): Promise<number> {
  let begun = 0;
  while (!over.aborted) {
    pbx.play(planPlay(begun, random));
    begun += 1;
    await sleep(random.between(...PAUSE_MS), undefined, { signal: over }).catch(() => undefined);
  }
  return begun;
}

function planPlay(index: number, random: Random): PlayRequest {
  const scenario = random.pick(SCENARIOS);
  const agent = random.pick(AGENTS);
  return {
    scenario,
    agent,
    transferTo: random.pick(AGENTS.filter((other) => other !== agent)),
    // Numbers of calls that have none of their own are the scenario's: withheld, or shared by several people.
    ...(['internal', 'withheld', 'shared'].includes(scenario) ? {} : { number: numberOf(index) }),
    ringSeconds: random.between(5, 40) / 10,
    talkSeconds: random.between(10, 80) / 10,
    rounds: random.between(1, 3),
    times: random.next() < 0.1 ? 2 : 1,
    order: random.pick(['normal', 'reversed', 'together']),
    text: random.next() < 0.2,
  };
}

/** 2,000 numbers that nobody has, one after the other, so that one comes back after eight minutes at the earliest. */
function numberOf(index: number): string {
  const digits = String(index % 1000).padStart(3, '0');
  return index % 2000 < 1000 ? `+442079460${digits}` : `+447700900${digits}`;
}
