import type { CallFacts, Leg, LegKind, LiveCall, Party } from './types.ts';

/** A call that is over: what the call log, the recordings and the reports of the template are made of. */
export type Cdr = CallFacts & {
  readonly callId: number;
  readonly historyId: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly caller: Pick<Party, 'dn' | 'kind'>;
  /** Where the call came to, in that order. */
  readonly legs: readonly CdrLeg[];
};

export type CdrLeg = Pick<Leg, 'dn' | 'via' | 'referredBy' | 'reason' | 'movedTo' | 'startedAt' | 'answeredAt'> & {
  readonly kind: LegKind;
  readonly endedAt: number;
  readonly from: Party;
};

export function cdrOf(call: LiveCall, caller: Leg, endedAt: number): Cdr {
  const { callId, historyId, direction, number, did, startedAt } = call;
  const legs = call.destinations().map((leg): CdrLeg => {
    const { dn, kind, via, referredBy, reason, movedTo, party, answeredAt } = leg;
    const times = { startedAt: leg.startedAt, answeredAt, endedAt: leg.endedAt ?? endedAt };
    return { dn, kind, via, referredBy, reason, movedTo, from: party, ...times };
  });
  const from = { dn: caller.dn, kind: caller.kind };
  return { callId, historyId, direction, number, did, startedAt, endedAt, caller: from, legs };
}

/** Whether a person took the call; a queue or a voicemail box is nobody. */
export function isTalk({ kind, answeredAt }: CdrLeg): boolean {
  return answeredAt !== null && (kind === 'extension' || kind === 'external');
}

export function talkMs({ answeredAt, endedAt }: CdrLeg): number {
  return answeredAt === null ? 0 : endedAt - answeredAt;
}
