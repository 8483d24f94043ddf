import type { Disturbance } from '../disturbance.ts';
import { carriesNumber, writeNumber } from '../engine/number.ts';
import type { Contact } from '../engine/reply.ts';
import type { Run } from '../engine/run.ts';
import type { Installation, Installed } from '../installation.ts';
import { isExtension } from './extensions.ts';
import type { CallReport } from './reports.ts';
import type { CallScript } from './script.ts';

/** The CRM as the PBX sees it: whom to ask while it rings, whom to tell afterwards. */

/** How a request of the template ended. */
export type Outcome = { readonly status: number | null; readonly detail: string };

export type Ring = {
  readonly lookup: Outcome;
  /** The contact that 3CX shows to the agents; null when it knows nobody. */
  readonly shown: Contact | null;
  /** Contacts in the answer that 3CX drops, because they carry another number than the one asked for. */
  readonly dropped: number;
  /** The template may create a contact for an unknown caller. */
  readonly created: Outcome | null;
};

export type Posted = Outcome & { readonly agent: string; readonly callType: string };

export type Crm = {
  /** @throws NoTemplateError */
  readonly installed: () => Installed;
  /** The number as the template wants it. */
  readonly write: (number: string) => string;
  readonly lookUp: (number: string, direction: CallScript['direction']) => Promise<Ring>;
  /** Posts the reports of one call, each so many times. */
  readonly report: (reports: readonly CallReport[], how: Pick<CallScript, 'times' | 'order'>) => Promise<Posted[]>;
};

/** Nobody has installed a template yet. */
export class NoTemplateError extends Error {
  override readonly name = 'NoTemplateError';
}

type Parts = {
  readonly installation: Installation;
  readonly disturbance: Disturbance;
  /** Whether anything leaves the PBX. */
  readonly isUp: () => boolean;
};

export function createCrm({ installation, disturbance, isUp }: Parts): Crm {
  function installed(): Installed {
    const current = installation.current();
    if (current !== undefined) return current;
    throw new NoTemplateError('no CRM template is installed: upload one to /control/template');
  }

  function post(report: CallReport): Promise<Posted> {
    const { Agent: agent, CallType: callType } = report;
    const tell = async () => ({ agent, callType, ...outcome(await installed().run('ReportCall', report)) });
    return new Promise((resolve, reject) => {
      const lost = () => resolve({ agent, callType, ...LOST });
      if (!isUp()) return lost();
      disturbance.pass(() => void tell().then(resolve, reject), lost);
    });
  }

  return {
    installed,
    write: (number) => writeNumber(number, installed().template.prefix),
    lookUp: async (number, direction) =>
      isUp() ? await lookUp(installed(), number, direction) : { lookup: LOST, shown: null, dropped: 0, created: null },
    async report(reports, { times, order }) {
      const all = reports.flatMap((one) => Array<CallReport>(times).fill(one));
      const sequence = order === 'reversed' ? all.toReversed() : all;
      if (order === 'together') return await Promise.all(sequence.map(post));
      const posts = [];
      for (const one of sequence) posts.push(await post(one));
      return posts;
    },
  };
}

const LOST: Outcome = { status: null, detail: 'lost on the way' };

/** 3CX asks the CRM only for numbers that come from outside; unknown callers may be created. */
async function lookUp(crm: Installed, number: string, direction: CallScript['direction']): Promise<Ring> {
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

export function contactsOf(run: Run): readonly Contact[] {
  return run.state === 'answered' ? run.contacts : [];
}

export function outcome(run: Run): Outcome {
  if (run.state === 'skipped') return { status: null, detail: `left out: ${run.reason}` };
  if (run.state === 'failed') return { status: null, detail: run.reason };
  return { status: run.status, detail: JSON.stringify(run.reply).slice(0, 2000) };
}
