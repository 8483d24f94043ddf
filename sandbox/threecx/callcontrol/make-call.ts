import { z } from 'zod';
import type { Clock } from '../calls/clock.ts';
import { dial, lift, picksUp } from '../calls/dial.ts';
import type { Player } from '../calls/player.ts';
import { talk } from '../calls/talk.ts';
import type { Leg } from '../calls/types.ts';
import type { Directory } from '../directory/directory.ts';
import type { Settings } from '../settings.ts';

/** A call that a client of the API makes: the extension's device rings first, then the PBX dials. */

export const makeCallBody = z.object({
  destination: z.string().min(1).max(100),
  timeout: z.number().min(1).max(600).nullish(),
  attacheddata: z.record(z.string(), z.string()).nullish(),
  reason: z.string().nullish(),
});

export type MakeCall = {
  readonly from: string;
  readonly deviceId: string;
  readonly destination: string;
  /** How long the other side may ring, in seconds. */
  readonly timeout?: number | null | undefined;
};

type Parts = {
  readonly player: Player;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly directory: Directory;
  readonly log: (message: string, fields: object) => void;
};

/** @returns the participant that rings at the extension */
export function makeCall(parts: Parts, { from, deviceId, destination, timeout }: MakeCall): Leg {
  const { player, clock, settings, directory, log } = parts;
  const direction = directory.users.byNumber(destination) === undefined ? 'Outbound' : 'Internal';
  const { agentPicksUpAfter, farEndPicksUpAfter, ringsFor, talksFor } = settings.current();
  let first: Leg | undefined;
  const begun = player.conduct(
    { direction, number: destination },
    (call) => (first = lift(call, from, 'Ringing', deviceId)),
    async (call, caller) => {
      if (!(await picksUp(clock, call, caller, agentPicksUpAfter))) return;
      const seconds = timeout ?? ringsFor;
      const rung = await dial(clock, call, caller, { seconds, pickUpAfter: farEndPicksUpAfter });
      if (rung.answered !== undefined) await talk(clock, call, [caller, rung.answered], { seconds: talksFor });
    },
  );
  begun.catch((error: unknown) => log('A call failed', { reason: String(error) }));
  // The call is begun before anything in it waits.
  if (first === undefined) throw new Error('the call did not begin');
  return first;
}
