import { copyObject, countInTwenty, pollObject } from '../mirror/copy.ts';
import { fingerprint } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import { countRecords } from '../mirror/reader.ts';
import { sweepObject } from '../mirror/sweep.ts';
import { beginCopy, noteCounted, readSync } from '../mirror/sync-state.ts';
import type { SyncState } from '../mirror/sync-state.ts';
import type { ObjectSchema } from '../schema.ts';
import type { Backfill } from './backfill.ts';
import type { SessionContext } from './context.ts';

export type MirrorTiming = {
  /** Between two polls for changes. */
  readonly pollMs: number;
  /** Between two comparisons of the number of records, which finds what was destroyed. */
  readonly countMs: number;
  /** Between two comparisons of all ids. */
  readonly sweepMs: number;
  /** Between two looks at our webhook in Twenty. */
  readonly webhookMs: number;
  /** How long a test change may take to come back as a webhook. */
  readonly testMs: number;
  /** Between two readings of what the roles may see. */
  readonly rolesMs: number;
};

export const usualTiming: MirrorTiming = {
  pollMs: 120_000,
  countMs: 600_000,
  sweepMs: 24 * 3_600_000,
  webhookMs: 60_000,
  testMs: 10_000,
  rolesMs: 30_000,
};

/** How long one object is copied before the others are looked after. */
const sliceMs = 10_000;

export type KeptObject = { readonly spec: MirrorSpec; readonly object: ObjectSchema };

type Options = { readonly context: SessionContext; readonly timing: MirrorTiming };

/** Reads what webhooks did not tell about an object that is copied, or only written. */
export async function reconcile(
  { context, timing }: Options,
  { spec, object }: KeptObject,
  state: SyncState | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (spec.mirrored && !isCopied(spec, state)) return;
  const isDue = (at: Date | null | undefined, everyMs: number) =>
    at == null || context.clock.now() - at.getTime() >= everyMs;
  // After a copy at once: what changed behind its back is told by no webhook when the hub was away meanwhile.
  if (isDue(state?.polled_at, timing.pollMs)) {
    await pollObject(context, object, state?.watermark ?? null, signal);
  }
  if (!spec.mirrored) return;
  const isSweepDue = isDue(state?.swept_at ?? state?.copied_at, timing.sweepMs);
  const isCountDue = isDue(state?.counted_at, timing.countMs);
  if (isSweepDue || (isCountDue && (await hasTooMany(context, object, signal)))) {
    await sweepObject(context, object, signal);
  }
}

/** Destroyed records leave no trace in Twenty (2.21, measured) but a smaller number. */
async function hasTooMany(context: SessionContext, object: ObjectSchema, signal: AbortSignal): Promise<boolean> {
  const { db, tenantId } = context;
  const inTwenty = await countInTwenty(context, object, 'alive', signal);
  const here = await countRecords(db, tenantId, object.name);
  await noteCounted(db, tenantId, object.name);
  return here > inTwenty;
}

/** Copies for a while what is needed most and not there yet. @returns whether there may be more to copy */
export async function copyNext(
  { context, backfill }: Options & { readonly backfill: Backfill },
  kept: readonly KeptObject[],
  signal: AbortSignal,
): Promise<boolean> {
  const { db, tenantId, clock } = context;
  const mirrored = kept.filter(({ spec }) => spec.mirrored);
  await beginCopies(context, mirrored, signal);
  const states = await readSync(db, tenantId);
  backfill.begin(mirrored.flatMap(({ spec }) => states.get(spec.object) ?? []));
  const next = mirrored.find(({ spec }) => !isCopied(spec, states.get(spec.object)));
  if (next === undefined || signal.aborted) return false;
  const from = states.get(next.spec.object)?.cursor ?? null;
  await copyObject(context, next.object, { from, until: clock.now() + sliceMs, onPage: backfill.copied }, signal);
  return true;
}

/** All at once, so that the progress shown knows the whole. */
async function beginCopies(context: SessionContext, mirrored: readonly KeptObject[], signal: AbortSignal) {
  const { db, tenantId } = context;
  const states = await readSync(db, tenantId);
  for (const { spec, object } of mirrored) {
    if (states.get(spec.object)?.fingerprint === fingerprint(spec)) continue;
    const total = await countInTwenty(context, object, 'all', signal);
    await beginCopy(db, tenantId, spec.object, { fingerprint: fingerprint(spec), total });
  }
}

const isCopied = (spec: MirrorSpec, state: SyncState | undefined): boolean =>
  state?.copied_at != null && state.fingerprint === fingerprint(spec);
