import { z } from 'zod';

/**
 * The log tells of news by the start of its newest call, so a call that ends after a later one has begun is no news there. Which calls go on is known
 * from elsewhere: once one of them does not any more, the log is read from its beginning on.
 */
export const goingCalls = z.record(
  z.string(),
  z.object({
    /** No later than its first row in the log. */
    since: z.iso.datetime(),
    /** When it was missing for the first time. */
    goneAt: z.iso.datetime().optional(),
  }),
);

type GoingCalls = z.output<typeof goingCalls>;

/** Its rows are written within this time after its end. */
const WRITTEN_WITHIN_MS = 60_000;
/** Calls are noticed some time after they began to ring. */
const NOTICED_LATE_MS = 120_000;

/**
 * @param present those that go on now, with the moment since when 3CX says they do; undefined where the client may not see them
 * @returns what to remember, and since when the log has to be read for those that have ended
 */
export function followCalls(
  known: GoingCalls,
  present: ReadonlyMap<string, number> | undefined,
  now: number,
): { going: GoingCalls; readFrom: number | undefined } {
  if (present === undefined) return { going: {}, readFrom: undefined };
  const here = [...present].map(([id, since]) => {
    const before = known[id]?.goneAt === undefined ? known[id]?.since : undefined;
    return [id, { since: before ?? new Date(Math.min(since, now) - NOTICED_LATE_MS).toISOString() }] as const;
  });
  const gone = Object.entries(known)
    .filter(([id]) => !present.has(id))
    .map(([id, call]) => [id, { ...call, goneAt: call.goneAt ?? new Date(now).toISOString() }] as const);
  const recent = gone.filter(([, { goneAt }]) => now - Date.parse(goneAt) <= WRITTEN_WITHIN_MS);
  const starts = recent.map(([, { since }]) => Date.parse(since));
  return {
    going: Object.fromEntries([...here, ...recent]),
    readFrom: starts.length === 0 ? undefined : Math.min(...starts),
  };
}
