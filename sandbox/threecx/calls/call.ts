import type { Directory } from '../directory/directory.ts';
import { TRUNK } from '../directory/seed.ts';
import { createCommands } from './commands.ts';
import { devicesOf } from './devices.ts';
import type { CallFacts, Leg, LegOptions, LiveCall, Party } from './types.ts';

export type CallParts = {
  readonly callId: number;
  readonly historyId: string;
  readonly directory: Directory;
  readonly now: () => number;
  readonly nextLegId: () => number;
  readonly upserted: (leg: Leg) => void;
  readonly removed: (leg: Leg) => void;
  readonly ended: (call: LiveCall) => void;
};

export function createCall(facts: CallFacts, parts: CallParts): LiveCall {
  const { callId, historyId, directory, now } = parts;
  const legs: Leg[] = [];
  const { add, next } = createCommands();
  let name = '';

  const living = () => legs.filter(({ endedAt }) => endedAt === null);
  const outside = (): Party => ({ dn: TRUNK, kind: 'external', callerId: facts.number, name: name || facts.number });

  function addLeg(options: LegOptions): Leg {
    const [device] = options.kind === 'extension' ? devicesOf(directory, options.dn) : [];
    const leg: Leg = {
      ...plain,
      deviceId: device?.deviceId ?? '',
      ...options,
      id: parts.nextLegId(),
      legId: legs.length + 1,
      call,
      directControl: device?.directControl ?? false,
      startedAt: now(),
      answeredAt: options.status === 'Connected' ? now() : null,
    };
    legs.push(leg);
    parts.upserted(leg);
    return leg;
  }

  function setStatus(leg: Leg, status: Leg['status']): void {
    leg.status = status;
    if (status === 'Connected') leg.answeredAt ??= now();
    parts.upserted(leg);
  }

  function partyOf({ kind, dn }: Leg): Party {
    return kind === 'external' ? outside() : { dn, kind, callerId: dn, name: directory.nameOf(dn) };
  }

  function endLeg(leg: Leg, { reason = leg.reason, movedTo = '' } = {}): void {
    if (leg.endedAt !== null) return;
    Object.assign(leg, { endedAt: now(), reason, movedTo });
    parts.removed(leg);
  }

  const call: LiveCall = {
    ...facts,
    callId,
    historyId,
    startedAt: now(),
    outside,
    partyOf,
    legs: living,
    destinations: () => legs.filter(({ isDestination }) => isDestination),
    addLeg,
    setStatus,
    connect(one, other) {
      [one.party, other.party] = [partyOf(other), partyOf(one)];
      setStatus(one, 'Connected');
      setStatus(other, 'Connected');
    },
    endLeg,
    rename(known) {
      name = known;
      for (const leg of living().filter(({ party }) => party.kind === 'external')) {
        leg.party = outside();
        parts.upserted(leg);
      }
    },
    command: add,
    next,
    end() {
      for (const leg of living()) endLeg(leg);
      parts.ended(call);
    },
  };
  return call;
}

const plain = { isDestination: true, via: '', referredBy: '', reason: '', endedAt: null, movedTo: '' };
