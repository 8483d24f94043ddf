import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../e2e/stage.ts';
import type { Caller } from './callers.ts';
import { type ExpectedCall, planCall, type PlannedCall } from './calls.ts';
import { insist } from './insist.ts';
import type { Random } from './random.ts';

const LINES = 8;

type Door = Pick<Stage, 'url' | 'threecxKey'>;

/** 3CX on a busy day: reports calls until the time is over. @returns what the hub has accepted */
export async function reportCalls(
  door: Door,
  callers: readonly Caller[],
  random: Random,
  over: AbortSignal,
): Promise<ExpectedCall[]> {
  const accepted: ExpectedCall[] = [];
  let next = 0;
  const line = async (): Promise<void> => {
    while (!over.aborted) {
      const call = planCall(next, callers, random.derive(`call ${next}`));
      next += 1;
      await report(door, call);
      accepted.push(call.expected);
    }
  };
  await Promise.all(Array.from({ length: LINES }, line));
  return accepted;
}

async function report(door: Door, { first, copies, late, again, pauseMs }: PlannedCall): Promise<void> {
  await Promise.all(Array.from({ length: copies }, async () => await post(door, first)));
  if (late !== undefined || again) await sleep(pauseMs);
  if (late !== undefined) await post(door, late);
  if (again) await post(door, first);
}

/** A post whose answer is lost is sent again, as 3CX does. */
async function post({ url, threecxKey }: Door, body: object): Promise<void> {
  await insist('posting a call', async () => {
    const response = await fetch(`${url}/hooks/acme/threecx/call`, {
      method: 'POST',
      headers: { authorization: `Bearer ${threecxKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`The hub answered ${response.status}`);
  });
}
