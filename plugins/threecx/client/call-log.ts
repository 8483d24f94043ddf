import { z } from 'zod';
import { createMemo } from '../calls/live/memo.ts';
import { type Clock, RefusedError } from '@switchboard/core/contract';
import type { Xapi } from './xapi.ts';

/** The call log of 3CX, its only complete account of what happened. */
export type CallLog = {
  /** Changes when there are new rows; undefined on builds before 20.0.7, which cannot tell. */
  readonly stamp: (signal: AbortSignal) => Promise<string | undefined>;
  readonly rows: (from: Date, to: Date, signal: AbortSignal) => Promise<unknown[]>;
  /** The calls that go on, by id, with the moment since when 3CX says they do; undefined where this client may not see them. */
  readonly going: (signal: AbortSignal) => Promise<ReadonlyMap<string, number> | undefined>;
  /** What each DN is, in the words of XAPI's peers. */
  readonly types: () => Promise<ReadonlyMap<string, string>>;
};

const stampAnswer = z.object({ value: z.array(z.object({ LastCdrStartedAt: z.string().nullish() })).min(1) });
const activeCall = z.object({ Id: z.number(), EstablishedAt: z.iso.datetime({ offset: true }).nullish() });
const peer = z.object({ Number: z.string(), Type: z.string() });

const TYPES_KNOWN_MS = 10 * 60_000;
/** Long ranges end in 504 (3CX V20, seen by others). */
const RANGE_MS = 6 * 3_600_000;

/** Every argument must be there, or 3CX answers 404. With the polling hidden, nobody knows whom a queue rang. */
const filters =
  "sourceType=0,sourceFilter='',destinationType=0,destinationFilter='',callsType=0,callTimeFilterType=0," +
  "callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0',hidePcalls=false";

export function createCallLog(xapi: Xapi, clock: Clock): CallLog {
  const types = createMemo(clock, TYPES_KNOWN_MS, async (_all: 'all') => await readTypes(xapi));

  return {
    async stamp(signal) {
      const answer = await xapi.find('/LastCdrAndChatMessageTimestamp', signal);
      if (answer === undefined) return undefined;
      return stampAnswer.safeParse(answer).data?.value[0]?.LastCdrStartedAt ?? '';
    },
    async rows(from, to, signal) {
      const rows: unknown[] = [];
      for (let at = from.getTime(); at < to.getTime(); at += RANGE_MS) {
        const until = new Date(Math.min(at + RANGE_MS, to.getTime()));
        const period = `periodFrom=${moment(new Date(at))},periodTo=${moment(until)}`;
        rows.push(...(await xapi.list(`/ReportCallLogData/Pbx.GetCallLogData(${period},${filters})`, {}, signal)));
      }
      return rows;
    },
    async going(signal) {
      const rows = await unlessRefused(
        async () => await xapi.list('/ActiveCalls', { $select: 'Id,EstablishedAt' }, signal),
      );
      const calls = rows?.flatMap((row) => activeCall.safeParse(row).data ?? []);
      return (
        calls && new Map(calls.map(({ Id: id, EstablishedAt: at }) => [`${id}`, at ? Date.parse(at) : clock.now()]))
      );
    },
    types: async () => await types('all'),
  };
}

/** The log is worth reading without it. */
async function unlessRefused<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

async function readTypes(xapi: Xapi): Promise<ReadonlyMap<string, string>> {
  const rows = await xapi.list('/Peers', { $select: 'Number,Type' }, AbortSignal.timeout(60_000));
  const peers = rows.flatMap((row) => peer.safeParse(row).data ?? []);
  return new Map(peers.map(({ Number: number, Type: type }) => [number, type]));
}

/** Whole seconds, as the documentation writes them. */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
