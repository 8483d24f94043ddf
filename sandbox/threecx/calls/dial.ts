import { TRUNK } from '../directory/seed.ts';
import type { Clock } from './clock.ts';
import { ring, type Rung } from './ring.ts';
import type { Leg, LiveCall } from './types.ts';

/** A call comes in from the trunk. */
export function arrive(call: LiveCall): Leg {
  const nobody = { dn: '', kind: 'extension', callerId: '', name: '' } as const;
  return call.addLeg({ dn: TRUNK, kind: 'external', status: 'Dialing', party: nobody, isDestination: false });
}

/** An extension lifts the receiver; with `Ringing` its own device rings first. */
export function lift(call: LiveCall, dn: string, status: 'Dialing' | 'Ringing', deviceId?: string): Leg {
  const device = deviceId === undefined ? {} : { deviceId };
  return call.addLeg({ dn, kind: 'extension', status, party: call.outside(), isDestination: false, ...device });
}

/** Whether somebody takes the receiver of the device that rings, at the latest then. */
export async function picksUp(clock: Clock, call: LiveCall, leg: Leg, after: number): Promise<boolean> {
  const end = clock.in(after);
  for (;;) {
    const command = await call.next(clock.left(end));
    if (command === undefined || command.kind === 'answer') {
      call.setStatus(leg, 'Dialing');
      return true;
    }
    if (command.kind === 'hangUp' || command.kind === 'drop') return false;
  }
}

export type DialOptions = { readonly seconds: number; readonly pickUpAfter: number | null; readonly reason?: string };

/** Calls the number of the call: another extension, or a party outside. */
export async function dial(clock: Clock, call: LiveCall, caller: Leg, options: DialOptions): Promise<Rung> {
  const { seconds, pickUpAfter, reason = '' } = options;
  if (call.direction === 'Internal') {
    const pickUp = pickUpAfter === null ? undefined : { dn: call.number, after: pickUpAfter };
    return await ring(clock, call, caller, { targets: [call.number], seconds, pickUp });
  }
  const party = call.partyOf(caller);
  const outside = call.addLeg({ dn: TRUNK, kind: 'external', status: 'Ringing', party, reason });
  const answers = pickUpAfter !== null && pickUpAfter < seconds;
  const end = clock.in(answers ? pickUpAfter : seconds);
  for (;;) {
    const command = await call.next(clock.left(end));
    if (command === undefined && answers) {
      call.connect(caller, outside);
      return { answered: outside };
    }
    if (command === undefined) {
      call.endLeg(outside, { reason: 'NoAnswer' });
      return { why: 'timeout' };
    }
    if (command.kind === 'drop') return { why: 'abandoned' };
    if (command.kind === 'hangUp') return { why: 'declined' };
  }
}
