import { carriesNumber, writeNumber } from '../engine/number.ts';
import type { Contact } from '../engine/reply.ts';
import type { Run } from '../engine/run.ts';
import type { Installation, Installed } from '../installation.ts';
import { isExtension } from './extensions.ts';
import { type CallFacts, chatReport, type CallReport, reportsOf } from './reports.ts';
import type { CallScript, ChatScript } from './script.ts';
import type { createTimetable } from './timetable.ts';

/** What the PBX saw of one call. */
export type PlayedCall = {
  /** The other side's number as 3CX sent it. */
  readonly number: string;
  readonly direction: 'inbound' | 'outbound';
  readonly startedAt: string;
  readonly answered: boolean;
  readonly lookup: Outcome;
  /** The contact that 3CX shows to the agents; null when it knows nobody. */
  readonly shown: Contact | null;
  /** Contacts in the answer that 3CX drops, because they carry another number than the one asked for. */
  readonly dropped: number;
  /** The template may create a contact for an unknown caller. */
  readonly created: Outcome | null;
  readonly posts: readonly (Outcome & { readonly agent: string; readonly callType: string })[];
};

/** How a request of the template ended. */
export type Outcome = { readonly status: number | null; readonly detail: string };

export type Pbx = {
  readonly play: (script: CallScript) => Promise<PlayedCall>;
  readonly chat: (script: ChatScript) => Promise<Outcome>;
  readonly find: (
    scenario: 'LookupByEmail' | 'SearchContacts',
    text: string,
  ) => Promise<Outcome & { contacts: readonly Contact[] }>;
  readonly createContact: (
    fields: Readonly<Record<string, string>>,
  ) => Promise<Outcome & { contacts: readonly Contact[] }>;
};

/** Nobody has installed a template yet. */
export class NoTemplateError extends Error {
  override readonly name = 'NoTemplateError';
}

export function createPbx(
  installation: Installation,
  timetable: ReturnType<typeof createTimetable>,
  now: () => number,
): Pbx {
  function installed(): Installed {
    const current = installation.current();
    if (current !== undefined) return current;
    throw new NoTemplateError('no CRM template is installed: upload one to /control/template');
  }

  return {
    async play(script) {
      const crm = installed();
      const party = script.direction === 'inbound' ? script.from : script.to;
      const number = writeNumber(party, crm.template.prefix);
      const startedAt = timetable.begin(
        lineOf(party),
        (script.ringSeconds + (script.answered ? script.seconds : 0)) * 1000,
      );
      const ring = await ringing(crm, number, script);
      const posts = await report(crm, { script, number, startedAt, shown: ring.shown ?? undefined });
      const { direction, answered } = script;
      return { number, direction, startedAt: startedAt.toISOString(), answered, ...ring, posts };
    },
    async chat(script) {
      return outcome(await installed().run('ReportChat', chatReport(script, new Date(now()))));
    },
    async find(scenario, text) {
      const variables = { Email: text, SearchText: text, EscapedSearchText: encodeURIComponent(text) };
      return withContacts(await installed().run(scenario, variables));
    },
    async createContact({ firstName = '', lastName = '', number = '', email = '', company = '' }) {
      const crm = installed();
      return withContacts(
        await crm.run('CreateContactRecordFromClient', {
          FirstName: firstName,
          LastName: lastName,
          Number: writeNumber(number, crm.template.prefix),
          Email: email,
          Company: company,
        }),
      );
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

type Ring = Pick<PlayedCall, 'lookup' | 'shown' | 'dropped' | 'created'>;

/** 3CX asks the CRM only for numbers that come from outside; unknown callers may be created. */
async function ringing(crm: Installed, number: string, { direction }: CallScript): Promise<Ring> {
  if (number === '' || isExtension(number)) {
    return {
      lookup: { status: null, detail: 'not asked: the number is withheld or internal' },
      shown: null,
      dropped: 0,
      created: null,
    };
  }
  const variables = { Number: number, CallDirection: direction === 'inbound' ? 'Inbound' : 'Outbound' };
  const asked = await crm.run('', variables);
  const found = contactsOf(asked);
  const fitting = found.filter((contact) => carriesNumber(contact, number));
  const known = { lookup: outcome(asked), dropped: found.length - fitting.length };
  if (fitting[0] !== undefined) return { ...known, shown: fitting[0], created: null };
  const creation = await crm.run('CreateContactRecord', variables);
  return {
    ...known,
    shown: contactsOf(creation)[0] ?? null,
    created: creation.state === 'skipped' ? null : outcome(creation),
  };
}

async function report(crm: Installed, facts: CallFacts): Promise<PlayedCall['posts']> {
  const { order, times } = facts.script;
  const once = reportsOf(facts);
  const reports = once.flatMap((one) => Array<CallReport>(times).fill(one));
  const sequence = order === 'reversed' ? reports.toReversed() : reports;
  const post = async (one: CallReport) => ({
    agent: one.Agent,
    callType: one.CallType,
    ...outcome(await crm.run('ReportCall', one)),
  });
  if (order === 'together') return await Promise.all(sequence.map(post));
  const posts = [];
  for (const one of sequence) posts.push(await post(one));
  return posts;
}

function contactsOf(run: Run): readonly Contact[] {
  return run.state === 'answered' ? run.contacts : [];
}

function withContacts(run: Run): Outcome & { contacts: readonly Contact[] } {
  return { ...outcome(run), contacts: contactsOf(run) };
}

function outcome(run: Run): Outcome {
  if (run.state === 'skipped') return { status: null, detail: `left out: ${run.reason}` };
  if (run.state === 'failed') return { status: null, detail: run.reason };
  return { status: run.status, detail: JSON.stringify(run.reply).slice(0, 2000) };
}
