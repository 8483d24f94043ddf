import type { Directory } from '../directory/directory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { textOf } from '../ledger/recordings.ts';
import type { Crm, Posted, Ring } from '../pbx/crm.ts';
import { NoTemplateError } from '../pbx/crm.ts';
import { liveReports } from '../pbx/live-reports.ts';
import { type AgentOf, wordsOf } from '../pbx/reports.ts';
import { sampleText } from '../pbx/script.ts';
import { type Cdr, cdrOf, isTalk } from './cdr.ts';
import type { Clock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { scenarios, type Stage } from './scenarios.ts';
import type { Play } from './script.ts';
import type { LiveCall } from './types.ts';

/** A call of a scenario when it is over and reported. */
export type Played = {
  readonly callId: number;
  readonly historyId: string;
  readonly direction: Cdr['direction'];
  /** The party outside as the trunk wrote it. */
  readonly number: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Whether a person answered. */
  readonly answered: boolean;
  /** Null without a template. */
  readonly ring: Ring | null;
  readonly posts: readonly Posted[];
};

export type Playing = {
  /** Those begun so far, newest last. */
  readonly calls: () => readonly LiveCall[];
  /** Every call of it, once the last one is over and reported. */
  readonly done: Promise<readonly Played[]>;
};

export type Player = {
  readonly play: (script: Play) => Playing;
  /** Conducts a call that somebody makes through the API. */
  readonly conduct: Stage['conduct'];
  /** When all calls and their reports are through. */
  readonly idle: () => Promise<void>;
};

type Parts = {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly exchange: Exchange;
  readonly ledger: Ledger;
  readonly crm: Crm;
  readonly agentOf: AgentOf;
  readonly signal: AbortSignal;
};

export function createPlayer(parts: Parts): Player {
  const { clock, directory, exchange, ledger, signal } = parts;
  const running = new Set<Promise<unknown>>();

  async function conduct(how: How, noted: Noted, ...[facts, begin, script]: Conducted) {
    const call = exchange.open(facts);
    noted.begun(call);
    const caller = begin(call);
    const asked = lookUp(parts.crm, call);
    try {
      await script(call, caller);
    } finally {
      call.end();
    }
    if (signal.aborted) return;
    const cdr = cdrOf(call, caller, clock.now());
    ledger.add(cdr, how.text ? sampleText : undefined);
    const ring = await asked;
    noted.ended(summary(cdr, ring, ring === null ? [] : await report(parts, cdr, ring, how)));
  }

  function tracked<Result>(work: Promise<Result>): Promise<Result> {
    running.add(work);
    void work.catch(() => {}).finally(() => running.delete(work));
    return work;
  }

  return {
    play(script) {
      const calls: LiveCall[] = [];
      const played: Played[] = [];
      const noted = { begun: (call: LiveCall) => void calls.push(call), ended: (one: Played) => void played.push(one) };
      const stage: Stage = { clock, directory, conduct: async (...args) => await conduct(script, noted, ...args) };
      const done = tracked(scenarios[script.scenario](stage, script).then(() => played));
      return { calls: () => calls, done };
    },
    conduct: async (...args) =>
      await tracked(conduct({ times: 1, order: 'normal', text: false }, { begun: () => {}, ended: () => {} }, ...args)),
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

type How = Pick<Play, 'times' | 'order' | 'text'>;
type Conducted = Parameters<Stage['conduct']>;
type Noted = { readonly begun: (call: LiveCall) => void; readonly ended: (played: Played) => void };

/** 3CX asks while it rings and goes on meanwhile; who it is shows as soon as it is known. */
async function lookUp(crm: Crm, call: LiveCall): Promise<Ring | null> {
  try {
    const ring = await crm.lookUp(crm.write(call.number), call.direction === 'Outbound' ? 'outbound' : 'inbound');
    const name = `${ring.shown?.['FirstName'] ?? ''} ${ring.shown?.['LastName'] ?? ''}`.trim();
    if (name !== '') call.rename(name);
    return ring;
  } catch (error) {
    if (error instanceof NoTemplateError) return null;
    throw error;
  }
}

async function report(
  { crm, ledger, agentOf, clock }: Parts,
  cdr: Cdr,
  { shown }: Ring,
  how: How,
): Promise<readonly Posted[]> {
  const wordsAt = (dn: string) => {
    const recordings = cdr.legs.flatMap((leg) => ledger.recordingsOf({ leg }));
    const recording = recordings.find(({ agent }) => agent === dn);
    const said = recording && textOf(recording, clock.now());
    return said === undefined ? {} : wordsOf(said);
  };
  const number = crm.write(cdr.number);
  return await crm.report(liveReports({ cdr, number, shown: shown ?? undefined, agentOf, wordsAt }), how);
}

function summary(cdr: Cdr, ring: Ring | null, posts: readonly Posted[]): Played {
  const { callId, historyId, direction, number } = cdr;
  const [startedAt, endedAt] = [cdr.startedAt, cdr.endedAt].map((at) => new Date(at).toISOString()) as [string, string];
  return { callId, historyId, direction, number, startedAt, endedAt, answered: cdr.legs.some(isTalk), ring, posts };
}
