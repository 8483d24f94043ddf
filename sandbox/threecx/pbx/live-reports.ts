import { type Cdr, type CdrLeg, isTalk } from '../calls/cdr.ts';
import type { Contact } from '../engine/reply.ts';
import type { Variables } from '../engine/values.ts';
import { type AgentOf, callReport, type CallReport } from './reports.ts';

export type LiveFacts = {
  readonly cdr: Cdr;
  readonly number: string;
  readonly shown: Contact | undefined;
  readonly agentOf: AgentOf;
  /** What was said at that extension, as far as it is known by now. */
  readonly wordsAt: (dn: string) => Variables;
};

/** The posts of a call that was played in time: one per agent whom it rang or who made it. */
export function liveReports({ cdr, number, shown, agentOf, wordsAt }: LiveFacts): CallReport[] {
  const queue = cdr.legs.find(({ kind }) => kind === 'queue')?.dn ?? (cdr.caller.kind === 'queue' ? cdr.caller.dn : '');
  const direction = cdr.direction === 'Outbound' ? 'outbound' : 'inbound';
  return [...agentLegs(cdr)].map(([agent, leg]) => {
    const answered = isTalk(leg);
    return callReport({
      agent: agentOf(agent),
      direction,
      number,
      queue,
      shown,
      words: answered ? wordsAt(agent) : {},
      startedAt: new Date(leg.startedAt),
      establishedAt: answered && leg.answeredAt !== null ? new Date(leg.answeredAt) : null,
      endedAt: new Date(leg.endedAt),
    });
  });
}

/** Per agent the leg that counts: the one that was answered, else the last one that rang. For whom calls out it is the one outside. */
function agentLegs({ direction, caller, legs }: Cdr): Map<string, CdrLeg> {
  const byAgent = new Map<string, CdrLeg>();
  const outer = legs.find(({ kind }) => kind === 'external');
  if (direction === 'Outbound' && outer !== undefined) {
    const agent = caller.kind === 'extension' ? caller.dn : (legs.find(({ kind }) => kind === 'extension')?.dn ?? '');
    byAgent.set(agent, outer);
  }
  for (const leg of legs) {
    if (leg.kind !== 'extension') continue;
    const known = byAgent.get(leg.dn);
    if (known === undefined || (known.kind !== 'external' && !isTalk(known))) byAgent.set(leg.dn, leg);
  }
  return byAgent;
}
