import { handle, job, type JobInput } from '@switchboard/core/contract';
import { digest } from '../calls/line.ts';
import { createRecordings, type Recordings } from '../client/recordings.ts';
import { readRecording } from '../recordings/recording.ts';
import { findRecordings as type, RECORDINGS_EVERY_MS, takeRecording } from '../recordings/work.ts';
import type { Context } from '../services.ts';
import { inRhythm } from './in-rhythm.ts';

/** Where the hub has never looked, it begins with recordings of the last two days. */
const FIRST_LOOK_MS = 48 * 3_600_000;
const JOBS_PER_COMMIT = 200;
/** 3CX lists a recording before its file is whole. */
const SETTLE_MS = 30_000;

/** Notes every recording that is new for the work on it. 3CX tells nobody when there is one; their ids only grow. */
export const findRecordings = handle<Context, typeof type.payload>(type, async (context, _nothing, { signal }) => {
  const { channels, pbx } = context.services;
  const { xapi } = pbx;
  if (xapi === undefined || context.config.recordings === 'off') return;
  await inRhythm(RECORDINGS_EVERY_MS, async () => {
    await channels.through(
      'recordings',
      async () => await noteNew(context, createRecordings(xapi), digest(xapi.session.url), signal),
    );
  });
});

async function noteNew(context: Context, recordings: Recordings, account: string, signal: AbortSignal): Promise<void> {
  const cursorKey = `recordings/${account}/cursor`;
  const cursor = await context.store.get(cursorKey);
  const since = { startedAt: new Date(context.clock.now() - FIRST_LOOK_MS) };
  const rows = await recordings.after(typeof cursor === 'number' ? { id: cursor } : since, signal);
  if (rows.length === 0) return;
  const pbxDays = await recordings.keptDays(signal);
  const found = rows.flatMap((row) => readRecording(row) ?? []).toSorted((one, other) => one.id - other.id);
  if (found.length < rows.length)
    context.log.warn({ unreadable: rows.length - found.length }, 'Rows of recordings could not be read');
  for (let at = 0; at < found.length; at += JOBS_PER_COMMIT) {
    const some = found.slice(at, at + JOBS_PER_COMMIT);
    const jobs = some.map((recording): JobInput => {
      const pause = Math.max(0, Date.parse(recording.endedAt) + SETTLE_MS - context.clock.now());
      const payload = { recording, ...(pbxDays === undefined ? {} : { pbxDays }) };
      return job(takeRecording, payload, `${account}/${recording.id}`, pause);
    });
    await context.commit({ jobs, store: [{ key: cursorKey, value: some.at(-1)?.id }] });
  }
}
