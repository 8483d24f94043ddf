import type { Cdr, CdrLeg } from '../calls/cdr.ts';
import type { Contact } from '../engine/reply.ts';
import type { LegKind } from '../calls/types.ts';
import { MAIN_DID, TRUNK } from '../directory/seed.ts';
import { contactsOf, type Crm, type Outcome, outcome, type Posted, type Ring } from './crm.ts';
import { isExtension } from './extensions.ts';
import { type AgentOf, chatReport, reportsOf } from './reports.ts';
import { type CallScript, type ChatScript, type Said, saidIn } from './script.ts';
import type { createTimetable } from './timetable.ts';

/** What the PBX saw of one call. */
export type PlayedCall = Ring & {
  /** The other side's number as 3CX sent it. */
  readonly number: string;
  readonly direction: 'inbound' | 'outbound';
  readonly startedAt: string;
  readonly answered: boolean;
  readonly posts: readonly Posted[];
};

/** Calls in no time: they are over, long ago, when their reports are posted. */
export type Pbx = {
  readonly play: (script: CallScript) => Promise<PlayedCall>;
  readonly chat: (script: ChatScript) => Promise<Outcome>;
  readonly find: (scenario: 'LookupByEmail' | 'SearchContacts', text: string) => Promise<Found>;
  readonly createContact: (fields: Readonly<Record<string, string>>) => Promise<Found>;
};

type Found = Outcome & { readonly contacts: readonly Contact[] };

type Parts = {
  readonly crm: Crm;
  readonly timetable: ReturnType<typeof createTimetable>;
  readonly now: () => number;
  readonly agentOf: AgentOf;
  readonly nextCallIds: () => Pick<Cdr, 'callId' | 'historyId'>;
  /** Writes the call to the call log. */
  readonly logged: (cdr: Cdr, said: Said | undefined) => void;
  /** Writes a chat to the history. */
  readonly chatted: (script: ChatScript, endedAt: Date) => void;
};

export function createPbx({ crm, timetable, now, agentOf, nextCallIds, logged, chatted }: Parts): Pbx {
  return {
    async play(script) {
      const party = script.direction === 'inbound' ? script.from : script.to;
      const number = crm.write(party);
      const startedAt = timetable.begin(
        lineOf(party),
        (script.ringSeconds + (script.answered ? script.seconds : 0)) * 1000,
      );
      logged({ ...nextCallIds(), ...cdrOf(script, startedAt.getTime()) }, saidIn(script));
      const ring = await crm.lookUp(number, script.direction);
      const reports = reportsOf({ script, number, startedAt, shown: ring.shown ?? undefined, agentOf });
      const posts = await crm.report(reports, script);
      const { direction, answered } = script;
      return { number, direction, startedAt: startedAt.toISOString(), answered, ...ring, posts };
    },
    async chat(script) {
      const installed = crm.installed();
      const endedAt = new Date(now());
      chatted(script, endedAt);
      return outcome(await installed.run('ReportChat', chatReport(script, endedAt, agentOf)));
    },
    async find(scenario, text) {
      const variables = { Email: text, SearchText: text, EscapedSearchText: encodeURIComponent(text) };
      const run = await crm.installed().run(scenario, variables);
      return { ...outcome(run), contacts: contactsOf(run) };
    },
    async createContact({ firstName = '', lastName = '', number = '', email = '', company = '' }) {
      const run = await crm.installed().run('CreateContactRecordFromClient', {
        FirstName: firstName,
        LastName: lastName,
        Number: crm.write(number),
        Email: email,
        Company: company,
      });
      return { ...outcome(run), contacts: contactsOf(run) };
    },
  };
}

/**
 * Callers who withhold their number cannot be told apart, whatever the trunk writes for them; others by the digits that all forms of
 * their number end in.
 */
function lineOf(party: string): string {
  const digits = party.replaceAll(/\D/g, '');
  return digits === '' ? 'withheld' : digits.slice(-9);
}

/** The same call as the call log has it. */
function cdrOf(script: CallScript, startedAt: number): Omit<Cdr, 'callId' | 'historyId'> {
  const { direction, from, to, answered, ringSeconds, seconds, queue, agents } = script;
  const answeredAt = startedAt + ringSeconds * 1000;
  const endedAt = answered ? answeredAt + seconds * 1000 : answeredAt;
  const inbound = direction === 'inbound';
  const number = inbound ? from : to;
  const internal = isExtension(number);
  const outer: LegKind = internal ? 'extension' : 'external';
  const party = { dn: internal ? number : TRUNK, kind: outer, callerId: number, name: number };
  const own = { dn: from, kind: 'extension' as const, callerId: from, name: '' };
  const common = { via: queue, referredBy: '', reason: '', movedTo: '', startedAt, from: inbound ? party : own };
  const target: CdrLeg = inbound
    ? { ...common, dn: to, kind: 'extension', answeredAt: answered ? answeredAt : null, endedAt }
    : { ...common, dn: party.dn, kind: outer, answeredAt: answered ? answeredAt : null, endedAt };
  const rung = (inbound ? agents : []).filter((agent) => agent !== to);
  const others = rung.map((dn): CdrLeg => ({
    ...target,
    dn,
    answeredAt: null,
    endedAt: answeredAt,
    reason: 'Polling',
  }));
  const waiting: CdrLeg[] =
    queue === '' ? [] : [{ ...target, ...waited, dn: queue, answeredAt: null, endedAt: answeredAt }];
  return {
    direction: internal ? 'Internal' : inbound ? 'Inbound' : 'Outbound',
    number: internal && inbound ? to : number,
    did: inbound && !internal ? MAIN_DID : '',
    startedAt,
    endedAt,
    caller: inbound ? party : own,
    legs: [...waiting, ...others, target],
  };
}

const waited = { kind: 'queue', via: '' } as const;
