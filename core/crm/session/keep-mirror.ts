import { ConfigError, CredentialsError } from '../../contract/errors.ts';
import type { Secrets } from '../../secrets/index.ts';
import { byNeed, writeOnly } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import { forgetNonces, readSync } from '../mirror/sync-state.ts';
import { missingFields } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';
import { wantTest, wantTestWhenOld } from '../webhook-test/state.ts';
import type { Backfill } from './backfill.ts';
import type { SessionContext } from './context.ts';
import { copyNext, reconcile } from './keep-object.ts';
import type { KeptObject, MirrorTiming } from './keep-object.ts';
import type { Report } from './report.ts';
import { createBell } from './signal-bell.ts';
import type { Bell } from './signal-bell.ts';
import { keepWebhook, operationsFor } from './webhooks.ts';
import { writtenObjects } from './written.ts';

export type KeepOptions = {
  readonly context: SessionContext;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly timing: MirrorTiming;
  readonly report: Report;
  readonly backfill: Backfill;
  /** Rung once the webhook was looked after. */
  readonly registered: Bell;
};

/**
 * Copies what is not copied yet, keeps the webhook registered, polls for what webhooks did not tell, and compares all ids
 * now and then. A long copy is made in slices, so that what is copied already stays fresh meanwhile. Runs until the signal
 * aborts; a server that fails is tried again at the next round.
 */
export async function keepMirror(options: KeepOptions, signal: AbortSignal): Promise<void> {
  const { timing, context } = options;
  const tickMs = Math.min(timing.pollMs, timing.webhookMs, timing.sweepMs, 5000);
  let webhookAt = 0;
  while (!signal.aborted) {
    const now = context.clock.now();
    let isCopying = false;
    await guarded(context, signal, async () => {
      const specs = await specsToKeep(context);
      if (now - webhookAt >= timing.webhookMs) {
        await keepRegistered(options, specs, signal);
        options.registered.ring();
        await forgetNonces(context.db);
        webhookAt = now;
      }
      isCopying = await keepObjects(options, specs, signal);
    });
    if (!isCopying) await createBell().wait(signal, tickMs);
  }
}

/** @throws only what ends the session */
async function guarded(
  { log, tenantId }: SessionContext,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof CredentialsError || error instanceof ConfigError) throw error;
    log.warn({ tenantId, err: error }, 'Keeping the mirror fresh failed; the next round tries again');
  }
}

/** What plugins read, and what was only written. */
async function specsToKeep({ db, tenantId, specs }: SessionContext): Promise<MirrorSpec[]> {
  const written = await writtenObjects(db, tenantId);
  return [...byNeed([...specs.values()]), ...written.filter((object) => !specs.has(object)).map(writeOnly)];
}

async function keepRegistered(
  { context, secrets, publicUrl, report }: KeepOptions,
  specs: readonly MirrorSpec[],
  signal: AbortSignal,
): Promise<void> {
  const { access, tenantId, log, db, clock } = context;
  const operations = operationsFor(specs);
  try {
    const upkeep = { db, access, secrets, tenantId, publicUrl, operations, now: clock.now() };
    const done = await keepWebhook(upkeep, signal);
    if (done === 'fine') {
      await wantTestWhenOld(db, tenantId);
    } else {
      log.info({ tenantId, done }, 'The webhook in Twenty was brought in order');
      await wantTest(db, tenantId);
    }
    report.notice('webhook', undefined);
  } catch (error) {
    if (error instanceof CredentialsError || signal.aborted) throw error;
    report.notice('webhook', 'The webhook could not be registered in Twenty: changes are noticed by polling only.');
    log.warn({ tenantId, err: error }, 'Could not look after the webhook in Twenty');
  }
}

/** @returns whether there is more to copy */
async function keepObjects(options: KeepOptions, specs: readonly MirrorSpec[], signal: AbortSignal): Promise<boolean> {
  const { context, timing, backfill } = options;
  const objects = await findObjects(options, specs, signal);
  const states = await readSync(context.db, context.tenantId);
  for (const kept of objects) {
    if (signal.aborted) return false;
    await guarded(context, signal, async () => {
      await reconcile({ context, timing }, kept, states.get(kept.spec.object), signal);
    });
  }
  return await copyNext({ context, timing, backfill }, objects, signal);
}

async function findObjects(
  { context, report }: KeepOptions,
  specs: readonly MirrorSpec[],
  signal: AbortSignal,
): Promise<KeptObject[]> {
  const schema = await context.schema.current(signal);
  const found: KeptObject[] = [];
  for (const spec of specs) {
    const object = schema.get(spec.object) ?? (await context.schema.refreshed(signal)).get(spec.object);
    noteMissing(report, spec, object);
    if (object !== undefined) found.push({ spec, object });
  }
  return found;
}

function noteMissing(report: Report, spec: MirrorSpec, object: ObjectSchema | undefined): void {
  const missing = object === undefined ? [] : missingFields(object, spec.fields);
  const install = 'install or update the Switchboard app: npm run crm:install';
  if (object === undefined) report.notice(spec.object, `Twenty has no object "${spec.object}"; ${install}.`);
  else if (missing.length > 0)
    report.notice(spec.object, `Twenty's ${spec.object} has no ${missing.join(', ')}; ${install}.`);
  else report.notice(spec.object, undefined);
}
