import type { Clock, Deadline } from './clock.ts';
import type { Command, Leg, LiveCall } from './types.ts';

/** How long and where it rings, and who picks up. */
export type RingOptions = {
  readonly targets: readonly string[];
  readonly seconds: number;
  /** Nobody by default; somebody may still pick up, decline or divert through the API. */
  readonly pickUp?: { readonly dn: string; readonly after: number } | undefined;
  /** The queue or ring group that rings. */
  readonly via?: string;
  readonly referredBy?: string;
  readonly reason?: string;
};

/** Who answered; or why nobody did: time ran out, everybody declined, the caller gave up. */
export type Rung =
  | { readonly answered: Leg }
  | { readonly answered?: undefined; readonly why: 'timeout' | 'declined' | 'abandoned' };

type State = { readonly ringing: Map<string, Leg>; picker: string | undefined; readonly pickAt: Deadline | undefined };

/** Rings extensions together until one is answered. The caller is connected then, the others stop ringing. */
export async function ring(clock: Clock, call: LiveCall, caller: Leg, options: RingOptions): Promise<Rung> {
  const { targets, seconds, pickUp } = options;
  const end = clock.in(seconds);
  const state: State = {
    ringing: new Map(targets.map((dn) => [dn, ringAt(call, caller, dn, options)])),
    picker: pickUp?.dn,
    pickAt: pickUp && clock.in(pickUp.after),
  };
  for (;;) {
    if (state.ringing.size === 0) return { why: 'declined' };
    const picks = state.pickAt !== undefined && state.ringing.has(state.picker ?? '');
    const next = picks && state.pickAt !== undefined && state.pickAt.at < end.at ? state.pickAt : end;
    const command = await call.next(clock.left(next));
    if (command === undefined && next !== end)
      return answer(call, caller, state, state.ringing.get(state.picker ?? ''));
    if (command === undefined) return stop(call, state, 'timeout');
    if (command.kind === 'hangUp' || (command.kind === 'drop' && command.leg === caller))
      return stop(call, state, 'abandoned');
    if (command.kind === 'answer') return answer(call, caller, state, command.leg);
    change(call, caller, state, command, options);
  }
}

function ringAt(call: LiveCall, caller: Leg, dn: string, { via = '', referredBy = '', reason = '' }: RingOptions): Leg {
  return call.addLeg({
    dn,
    kind: 'extension',
    status: 'Ringing',
    party: call.partyOf(caller),
    via,
    referredBy,
    reason,
  });
}

function answer(call: LiveCall, caller: Leg, { ringing }: State, leg: Leg | undefined): Rung {
  if (leg === undefined) return { why: 'declined' };
  for (const other of ringing.values()) if (other !== leg) call.endLeg(other);
  if (leg.reason === 'Polling') leg.reason = '';
  call.connect(caller, leg);
  return { answered: leg };
}

function stop(call: LiveCall, { ringing }: State, why: 'timeout' | 'abandoned'): Rung {
  for (const leg of ringing.values()) call.endLeg(leg, { reason: leg.reason || (why === 'timeout' ? 'NoAnswer' : '') });
  return { why };
}

function change(call: LiveCall, caller: Leg, state: State, command: Command, options: RingOptions): void {
  if (!('leg' in command) || !state.ringing.has(command.leg.dn)) return;
  const { leg } = command;
  if (command.kind === 'routeto') {
    state.ringing.set(command.destination, ringAt(call, caller, command.destination, options));
    return;
  }
  state.ringing.delete(leg.dn);
  if (command.kind !== 'divert') return call.endLeg(leg);
  call.endLeg(leg, { reason: 'ForwardAll', movedTo: command.destination });
  state.ringing.set(command.destination, ringAt(call, caller, command.destination, options));
  if (state.picker === leg.dn) state.picker = command.destination;
}
