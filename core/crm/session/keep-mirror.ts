import { ConfigError, CredentialsError } from '../../contract/errors.ts';
import type { Secrets } from '../../secrets/index.ts';
import { copyObject, pollObject } from '../mirror/copy.ts';
import { fingerprint, writeOnly } from '../mirror/declare.ts';
import type { MirrorSpec } from '../mirror/declare.ts';
import { forgetNonces } from '../mirror/receive.ts';
import { sweepObject } from '../mirror/sweep.ts';
import { beginCopy, readSync } from '../mirror/sync-state.ts';
import type { SyncState } from '../mirror/sync-state.ts';
import { missingFields } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';
import type { SessionContext } from './context.ts';
import type { Report } from './report.ts';
import { createBell } from './signal-bell.ts';
import { keepWebhook, operationsFor, webhookUrl } from './webhooks.ts';
import { writtenObjects } from './written.ts';

export type MirrorTiming = {
  /** Between two polls for changes. */
  readonly pollMs: number;
  /** Between two comparisons of all ids. */
  readonly sweepMs: number;
  /** Between two looks at our webhook in Twenty. */
  readonly webhookMs: number;
  /** Between two readings of what the roles may see. */
  readonly rolesMs: number;
};

export const usualTiming: MirrorTiming = {
  pollMs: 120_000,
  sweepMs: 24 * 3_600_000,
  webhookMs: 60_000,
  rolesMs: 60_000,
};

export type KeepOptions = {
  readonly context: SessionContext;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly timing: MirrorTiming;
  readonly report: Report;
};

/**
 * Copies what is not copied yet, keeps the webhook registered, polls for what webhooks did not tell, and compares all ids
 * now and then. Runs until the signal aborts; a server that fails is tried again at the next round.
 */
export async function keepMirror(options: KeepOptions, signal: AbortSignal): Promise<void> {
  const { timing, context } = options;
  const tickMs = Math.min(timing.pollMs, timing.webhookMs, timing.sweepMs, 5000);
  let webhookAt = 0;
  while (!signal.aborted) {
    const now = context.clock.now();
    await guarded(context, signal, async () => {
      const specs = await specsToKeep(context);
      if (now - webhookAt >= timing.webhookMs) {
        await keepRegistered(options, specs, signal);
        await forgetNonces(context.db);
        webhookAt = now;
      }
      await keepObjects(options, specs, signal);
    });
    await createBell().wait(signal, tickMs);
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
  return [...specs.values(), ...written.filter((object) => !specs.has(object)).map(writeOnly)];
}

async function keepRegistered(
  { context, secrets, publicUrl, report }: KeepOptions,
  specs: readonly MirrorSpec[],
  signal: AbortSignal,
): Promise<void> {
  const { access, tenantId, log } = context;
  const operations = operationsFor(specs);
  if (operations.length === 0) return;
  const url = webhookUrl(publicUrl, tenantId);
  try {
    const done = await keepWebhook({ access, secrets, tenantId, url, operations }, signal);
    if (done !== 'fine') log.info({ tenantId, done }, 'The webhook in Twenty was brought in order');
    report.notice('webhook', undefined);
  } catch (error) {
    if (error instanceof CredentialsError || signal.aborted) throw error;
    report.notice('webhook', 'The webhook could not be registered in Twenty: changes are noticed by polling only.');
    log.warn({ tenantId, err: error }, 'Could not look after the webhook in Twenty');
  }
}

async function keepObjects(options: KeepOptions, specs: readonly MirrorSpec[], signal: AbortSignal): Promise<void> {
  const { context, report } = options;
  const schema = await context.schema.current(signal);
  for (const spec of specs) {
    if (signal.aborted) return;
    const object = schema.get(spec.object) ?? (await context.schema.refreshed(signal)).get(spec.object);
    noteMissing(report, spec, object);
    if (object === undefined) continue;
    const state = (await readSync(context.db, context.tenantId)).get(spec.object);
    await guarded(context, signal, async () => await keepObject(options, spec, object, state, signal));
  }
}

function noteMissing(report: Report, spec: MirrorSpec, object: ObjectSchema | undefined): void {
  const missing = object === undefined ? [] : missingFields(object, spec.fields);
  const install = 'install or update the Switchboard app: npm run crm:install';
  if (object === undefined) report.notice(spec.object, `Twenty has no object "${spec.object}"; ${install}.`);
  else if (missing.length > 0)
    report.notice(spec.object, `Twenty's ${spec.object} has no ${missing.join(', ')}; ${install}.`);
  else report.notice(spec.object, undefined);
}

async function keepObject(
  { context, timing }: KeepOptions,
  spec: MirrorSpec,
  object: ObjectSchema,
  state: SyncState | undefined,
  signal: AbortSignal,
): Promise<void> {
  const isDue = (at: Date | null | undefined, everyMs: number) =>
    at == null || context.clock.now() - at.getTime() >= everyMs;
  if (spec.mirrored && (state?.copied_at == null || state.fingerprint !== fingerprint(spec))) {
    const cursor = state?.fingerprint === fingerprint(spec) ? state.cursor : await beginAnew(context, spec);
    return copyObject(context, object, cursor, signal);
  }
  if (isDue(state?.polled_at ?? state?.copied_at, timing.pollMs)) {
    await pollObject(context, object, state?.watermark ?? null, signal);
  }
  if (spec.mirrored && isDue(state?.swept_at ?? state?.copied_at, timing.sweepMs)) {
    await sweepObject(context, object, signal);
  }
}

async function beginAnew({ db, tenantId }: SessionContext, spec: MirrorSpec): Promise<null> {
  await beginCopy(db, tenantId, spec.object, fingerprint(spec));
  return null;
}
