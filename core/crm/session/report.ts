import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { SwitchboardError } from '../../contract/errors.ts';
import type { Tables } from '../../store/tables.ts';
import type { Access } from '../access.ts';
import type { BreakerState } from '../breaker.ts';
import type { CredentialState } from '../credentials.ts';
import type { CredentialKind, KnownLimit } from '../limits.ts';
import type { Meter } from '../meter.ts';
import type { BackfillProgress } from './backfill.ts';
import { createBell } from './signal-bell.ts';

/** What a session says about itself; kept in the database, because who asks is mostly another process. */
export type SessionReport = {
  readonly state: 'running' | 'resting' | 'ended';
  readonly credentials: CredentialState;
  readonly breaker: BreakerState;
  readonly limits: Readonly<Record<CredentialKind, ReportedLimit>>;
  /** What keeps the session from going on. */
  readonly problem?: { readonly code: string; readonly message: string; readonly remedy?: string };
  /** What it can do without, for the admin to know: missing objects, webhooks that cannot be registered. */
  readonly notices: readonly string[];
  /** Undefined when everything is copied. */
  readonly backfill?: BackfillProgress;
};

/** How many calls are made, what that was learnt from and when; `since` as ISO 8601, missing for what is configured. */
export type ReportedLimit = Pick<KnownLimit, 'limit' | 'source' | 'reason'> & {
  readonly since?: string;
  /** Calls made by minute of the last half hour, the present minute last. */
  readonly perMinute: readonly number[];
};

function toReported(meter: Meter): ReportedLimit {
  const { limit, source, reason, since } = meter.known();
  return {
    limit,
    source,
    reason,
    perMinute: meter.perMinute(),
    ...(since !== undefined && { since: new Date(since).toISOString() }),
  };
}

export interface Report {
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly problem: (error: unknown) => Promise<void>;
  /** Sets or clears what there is to say about one thing. */
  readonly notice: (about: string, text: string | undefined) => void;
  readonly close: () => Promise<void>;
}

const everyMs = 2000;

export function createReport(
  db: Kysely<Tables>,
  tenantId: string,
  access: Access,
  backfill: () => BackfillProgress | undefined,
): Report {
  const notices = new Map<string, string>();
  let last = '';

  async function write(state: SessionReport['state'], problem?: SessionReport['problem']): Promise<void> {
    const progress = backfill();
    const report: SessionReport = {
      state,
      credentials: access.credentials.state(),
      breaker: access.breaker.state(),
      limits: {
        apiKey: toReported(access.meters.apiKey),
        application: toReported(access.meters.application),
      },
      notices: [...notices.values()],
      ...(problem && { problem }),
      ...(progress && { backfill: progress }),
    };
    const text = JSON.stringify(report);
    if (text === last) return;
    await sql`
      insert into crm_session (tenant_id, report) values (${tenantId}, ${text}::jsonb)
      on conflict (tenant_id) do update set report = excluded.report, updated_at = now()
    `.execute(db);
    last = text;
  }

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        await write('running').catch(() => undefined);
        await createBell().wait(signal, everyMs);
      }
    },
    problem: async (error) => {
      const known = error instanceof SwitchboardError ? error : undefined;
      const message = known?.message ?? "the session failed; the hub's log has the reason";
      const remedy = known?.remedy;
      await write('resting', {
        code: known?.code ?? 'unknown',
        message,
        ...(remedy !== undefined && { remedy }),
      }).catch(() => undefined);
    },
    notice: (about, text) => void (text === undefined ? notices.delete(about) : notices.set(about, text)),
    close: async () => await write('ended').catch(() => undefined),
  };
}
