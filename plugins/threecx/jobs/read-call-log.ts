import { handle, type JobInput } from '@switchboard/core/contract';
import { z } from 'zod';
import { mergeJob } from '../calls/merge-job.ts';
import { followCalls, goingCalls } from '../calls/going-calls.ts';
import { readOtherSide } from '../calls/other-side.ts';
import { CALL_LOG_EVERY_MS, readCallLog as type } from '../calls/read-log-job.ts';
import { readLog } from '../calls/wire/log-row.ts';
import { type CallLog, createCallLog } from '../client/call-log.ts';
import type { Context } from '../services.ts';
import { inRhythm } from './in-rhythm.ts';

const CURSOR = 'call-log/cursor';

const cursor = z.object({
  stamp: z.string().optional(),
  /** Until then the log was read. */
  readUntil: z.coerce.date(),
  /** When more than the newest was last read. */
  wideAt: z.coerce.date(),
  going: goingCalls.default({}),
});

type Cursor = z.output<typeof cursor>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A row is written when its call is over, under the time at which it began, and is completed later. */
const OVERLAP_MS = 15 * MINUTE_MS;
const RECENT_MS = 2 * HOUR_MS;
const RECENT_EVERY_MS = 10 * MINUTE_MS;
const WIDE_MS = 48 * HOUR_MS;
/** The clock of the PBX may be ahead of ours. */
const AHEAD_MS = 10 * MINUTE_MS;
/** A build that cannot tell whether there is news is read so often. */
const WITHOUT_STAMP_MS = MINUTE_MS;
const JOBS_PER_COMMIT = 200;

/** Reads what is new in the call log and hands each call on; what was read before costs nothing. */
export const readCallLog = handle<Context, typeof type.payload>(type, async (context, { reach }, { signal }) => {
  const { pbx, channels } = context.services;
  const { xapi } = pbx;
  if (xapi === undefined) return;
  const log = createCallLog(xapi, context.clock);
  await inRhythm(CALL_LOG_EVERY_MS, async () => {
    await channels.through('ledger', async () => await readWindow(context, log, reach, signal));
  });
});

async function readWindow(
  context: Context,
  log: CallLog,
  reach: 'recent' | 'wide',
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, services } = context;
  const known = cursor.safeParse(await store.get(CURSOR)).data;
  const now = clock.now();
  const stamp = await log.stamp(signal);
  await services.sightings.note('ledger');
  const { going, readFrom } = followCalls(known?.going ?? {}, await log.going(signal), now);
  if (reach === 'recent' && known !== undefined && !hasNews(known, stamp, now) && readFrom === undefined) {
    return await keepGoing(context, known, going);
  }
  const from = beginOf(known, reach, { now, stamp, readFrom });
  const jobs = await readJobs(context, log, { from, to: new Date(now + AHEAD_MS) }, signal);
  const isWide = known === undefined || now - from.getTime() >= RECENT_MS;
  const next = {
    ...(stamp === undefined ? {} : { stamp }),
    readUntil: new Date(now).toISOString(),
    wideAt: new Date(isWide ? now : known.wideAt).toISOString(),
    going,
  };
  for (let at = 0; at < jobs.length; at += JOBS_PER_COMMIT)
    await context.commit({ jobs: jobs.slice(at, at + JOBS_PER_COMMIT) });
  await context.commit({ store: [{ key: CURSOR, value: next }] });
}

async function keepGoing({ commit }: Context, known: Cursor, going: Cursor['going']): Promise<void> {
  if (JSON.stringify(known.going) === JSON.stringify(going)) return;
  await commit({ store: [{ key: CURSOR, value: { ...known, going } }] });
}

function hasNews(known: Cursor, stamp: string | undefined, now: number): boolean {
  const age = now - known.readUntil.getTime();
  // The stamp is the start of the newest call; what is told of older ones that nobody saw end shows up in the wider reading.
  if (stamp !== undefined && stamp === known.stamp) return now - known.wideAt.getTime() >= RECENT_EVERY_MS;
  return stamp !== undefined || age >= WITHOUT_STAMP_MS;
}

/** What has to be read. For calls that have ended alone it is their time and no more: on a busy PBX one ends every second. */
function beginOf(
  known: Cursor | undefined,
  reach: 'recent' | 'wide',
  { now, stamp, readFrom = now }: { now: number; stamp: string | undefined; readFrom: number | undefined },
): Date {
  const oldest = now - WIDE_MS;
  if (known === undefined || reach === 'wide') return new Date(oldest);
  if (!hasNews(known, stamp, now)) return new Date(Math.max(oldest, readFrom));
  const isTime = now - known.wideAt.getTime() >= RECENT_EVERY_MS;
  const back = isTime ? RECENT_MS : OVERLAP_MS;
  return new Date(Math.max(oldest, Math.min(known.readUntil.getTime() - OVERLAP_MS, now - back, readFrom)));
}

async function readJobs(
  context: Context,
  log: CallLog,
  { from, to }: { from: Date; to: Date },
  signal: AbortSignal,
): Promise<JobInput[]> {
  const readAt = new Date(context.clock.now());
  const [rows, types] = [await log.rows(from, to, signal), await log.types()];
  const { calls, unreadable } = readLog(rows, {
    readAt,
    readNumber: readOtherSide(context),
    typeOf: (dn) => types.get(dn),
  });
  if (unreadable > 0) context.log.warn({ unreadable }, 'Rows of the call log could not be read');
  return calls.map((call) => mergeJob(call, readAt));
}
