import { randomBytes } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { MAIN_DID } from '../directory/seed.ts';
import type { Settings } from '../settings.ts';
import { createCall } from './call.ts';
import type { CallFacts, Leg, LiveCall } from './types.ts';

/** The calls that go on, and what changes in them. */
export type Exchange = {
  readonly open: (facts: Omit<CallFacts, 'did'> & { readonly did?: string }) => LiveCall;
  /** Ids of a call that nobody could watch. */
  readonly nextCallIds: () => { readonly callId: number; readonly historyId: string };
  readonly calls: () => readonly LiveCall[];
  readonly legsAt: (dn: string) => readonly Leg[];
  readonly leg: (dn: string, id: number) => Leg | undefined;
  readonly onChange: (listener: (change: LegChange) => void) => void;
  /** Everybody hangs up. */
  readonly close: () => void;
};

export type LegChange = { readonly kind: 'upsert' | 'remove'; readonly leg: Leg };

type Parts = { readonly directory: Directory; readonly settings: Settings; readonly now: () => number };

export function createExchange({ directory, settings, now }: Parts): Exchange {
  const calls = new Set<LiveCall>();
  const byDn = new Map<string, Map<number, Leg>>();
  const listeners: ((change: LegChange) => void)[] = [];
  const uptime = randomBytes(6).toString('hex');
  // Ids are unique while the PBX runs, no longer; the history id is for ever.
  let lastCall = 1000;
  let lastLeg = 8000;

  const tell = (kind: LegChange['kind'], leg: Leg) => listeners.forEach((listener) => listener({ kind, leg }));

  function nextCallIds() {
    lastCall += 1;
    const callId = lastCall;
    if (!settings.since(6)) return { callId, historyId: String(callId) };
    const tail = uptime.slice(8) + callId.toString(16).padStart(8, '0');
    return { callId, historyId: `00000000-01dc-${uptime.slice(0, 4)}-${uptime.slice(4, 8)}-${tail}` };
  }

  return {
    nextCallIds,
    open(facts) {
      const call = createCall(
        { did: facts.direction === 'Inbound' ? MAIN_DID : '', ...facts },
        {
          ...nextCallIds(),
          directory,
          now,
          nextLegId: () => (lastLeg += 1),
          upserted(leg) {
            const there = byDn.get(leg.dn) ?? new Map<number, Leg>();
            byDn.set(leg.dn, there.set(leg.id, leg));
            tell('upsert', leg);
          },
          removed(leg) {
            byDn.get(leg.dn)?.delete(leg.id);
            tell('remove', leg);
          },
          ended: (one) => void calls.delete(one),
        },
      );
      calls.add(call);
      return call;
    },
    calls: () => [...calls],
    legsAt: (dn) => [...(byDn.get(dn)?.values() ?? [])],
    leg: (dn, id) => byDn.get(dn)?.get(id),
    onChange: (listener) => void listeners.push(listener),
    close: () => calls.forEach((call) => call.command({ kind: 'hangUp' })),
  };
}
