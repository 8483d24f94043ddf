import type { Account } from '../../calls/account.ts';
import { mergeJob } from '../../calls/merge-job.ts';
import { leave, see, type Tracked, watchedAccount } from '../../calls/live/tracked.ts';
import { readLog } from '../../calls/wire/log-row.ts';
import { readParticipant } from '../../calls/wire/participant.ts';
import { mergeCall, mergeLater } from '../../jobs/merge-call.ts';
import { readParty } from '../../party.ts';
import { reportCall } from '../../webhooks/report-call.ts';
import { delivery, type FakeContext } from '../fake-context.ts';
import type { Scenario } from './scenarios.ts';
import { type Frame, moment } from './wire.ts';

/** One thing that 3CX tells, to be told in any order and any number of times. */
export type Telling = { readonly what: string; readonly tell: (context: FakeContext) => Promise<void> };

const signal = new AbortController().signal;
const types: Readonly<Record<string, string>> = { '810': 'RingGroup', '666': 'SpecialMenu' };

export function tellings({ posts, rows, frames }: Scenario, channels = ['template', 'live', 'ledger']): Telling[] {
  return [
    ...(channels.includes('template') ? posts.map(postTelling) : []),
    ...(channels.includes('live') ? watched(frames).map((account) => accountTelling(account)) : []),
    ...(channels.includes('ledger') ? readings(rows).map((account) => accountTelling(account)) : []),
  ];
}

function postTelling(post: Record<string, unknown>): Telling {
  return {
    what: `post of ${String(post['agent'])} at ${String(post['startUtc'])}`,
    tell: async (context) => await reportCall.receive(context, delivery(post), signal),
  };
}

function accountTelling(account: Account): Telling {
  return {
    what: account.id,
    tell: async (context) => {
      const { payload } = mergeJob(account, new Date(context.clock.now()));
      await mergeCall.run(context, mergeCall.type.payload.parse(payload) as never, { id: 'job', attempt: 1, signal });
    },
  };
}

/** Each call when somebody answers and when it is over, as the link tells it. */
function watched(frames: readonly Frame[]): Account[] {
  const calls = new Map<number, Tracked>();
  const told: Account[] = [];
  const tell = (call: Tracked) => told.push(watchedAccount(call, (number) => readParty(number, 'NL')));
  for (const frame of frames) {
    const at = moment(frame.at);
    if ('gone' in frame) {
      const call = [...calls.values()].find(({ legs }) =>
        legs.some(({ participantId }) => participantId === frame.gone.id),
      );
      if (call === undefined) throw new Error('a frame of nobody');
      const next = leave(call, frame.gone.dn, frame.gone.id, at);
      calls.set(call.callId, next);
    } else {
      const participant = readParticipant(frame.participant);
      if (participant === undefined) throw new Error('a frame that cannot be read');
      const next = see(calls.get(participant.callId), participant, 'Wextension', at);
      calls.set(participant.callId, next);
      if (participant.status === 'Connected') tell(next);
    }
  }
  for (const call of calls.values()) tell(call);
  return told;
}

/** The log is read while it still lacks rows, and again when it has all. */
function readings(rows: readonly Record<string, unknown>[]): Account[] {
  const read = (some: readonly Record<string, unknown>[], readAt: string) =>
    readLog(some, {
      readAt: new Date(readAt),
      readNumber: (number) => readParty(number, 'NL'),
      typeOf: (dn) => types[dn],
    }).calls;
  const early = read(rows.slice(0, -1), moment(100));
  return [...early, ...read(rows, moment(700))];
}

/** Runs the jobs that wait, as the queue would once their time has come. */
export async function runWaiting(context: FakeContext): Promise<void> {
  context.advance(120_000);
  for (const [key, job] of context.jobs) {
    if (job.type.name !== mergeLater.type.name) continue;
    context.jobs.delete(key);
    await mergeCall.run(context, mergeCall.type.payload.parse(job.payload) as never, { id: key, attempt: 1, signal });
  }
}
