import type { Kysely } from 'kysely';
import type { Tenant, Clock, Logger } from '../../contract/context.ts';
import type { MirroredObject } from '../../contract/crm.ts';
import { SwitchboardError } from '../../contract/errors.ts';
import type { Secrets } from '../../secrets/index.ts';
import type { Tables } from '../../store/tables.ts';
import type { Limits } from '../limits.ts';
import { mergeDeclarations } from '../mirror/declare.ts';
import { keepTesting } from '../webhook-test/run.ts';
import type { Fetch } from '../twenty/client.ts';
import type { OnRecordChange, SessionContext } from './context.ts';
import { createFlusher } from './flusher.ts';
import { createBackfill } from './backfill.ts';
import type { Backfill } from './backfill.ts';
import { keepMirror } from './keep-mirror.ts';
import type { MirrorTiming } from './keep-object.ts';
import { keepRoles } from './keep-roles.ts';
import { openAccess } from './open-access.ts';
import { createReport } from './report.ts';
import type { Report } from './report.ts';
import { createSchemaSource } from './schema-source.ts';
import { createBell } from './signal-bell.ts';

export type SessionOptions = {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly tenant: Tenant;
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly declared: readonly MirroredObject[];
  readonly limits: Limits;
  readonly publicUrl: string;
  readonly fetch: Fetch;
  readonly log: Logger;
  readonly clock: Clock;
  readonly timing: MirrorTiming;
  readonly onRecordChange: OnRecordChange;
  /** Registers for the news that something was staged. @returns ends it */
  readonly onStaged: (wake: () => void) => () => void;
};

/** How long a session rests that needs somebody to act; a changed setting starts it anew at once. */
const restMs = 60_000;

/** One tenant's live link to Twenty: outbox, mirror and webhooks, until the signal aborts. Runs once per tenant, under a lease. */
export async function runSession(options: SessionOptions, signal: AbortSignal): Promise<void> {
  const { tenant, log, db } = options;
  const access = await openAccess({ ...options, tenantId: tenant.id });
  const backfill = createBackfill(tenant.id, log, options.clock);
  const report = createReport(db, tenant.id, access, backfill.progress);
  const context: SessionContext = {
    tenantId: tenant.id,
    country: tenant.country,
    db,
    access,
    schema: createSchemaSource(access, options.clock),
    specs: mergeDeclarations(options.declared),
    log,
    clock: options.clock,
    onRecordChange: options.onRecordChange,
  };
  while (!signal.aborted) {
    try {
      await runParts(options, context, { report, backfill }, signal);
    } catch (error) {
      if (signal.aborted) break;
      await report.problem(error);
      const code = error instanceof SwitchboardError ? error.code : 'unknown';
      log.error({ tenantId: tenant.id, code, err: error }, 'The CRM session rests until somebody acts');
      await createBell().wait(signal, restMs);
    }
  }
  await report.close();
}

/** Flusher, mirror, roles and report run side by side; the first that cannot go on ends the others. */
async function runParts(
  options: SessionOptions,
  context: SessionContext,
  { report, backfill }: { report: Report; backfill: Backfill },
  outer: AbortSignal,
): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([outer, ending.signal]);
  const registered = createBell();
  const flusher = createFlusher(context);
  const unsubscribe = options.onStaged(flusher.wake);
  const parts = [
    flusher.run(signal),
    keepMirror({ ...options, context, report, backfill, registered }, signal),
    keepTesting({ ...options, context, patienceMs: options.timing.testMs, registered }, signal),
    keepRoles(context, { everyMs: options.timing.rolesMs, report }, signal),
    report.run(signal),
  ].map(async (part) => {
    try {
      await part;
    } catch (error) {
      ending.abort(error);
      throw error;
    }
  });
  const results = await Promise.allSettled(parts);
  unsubscribe();
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
