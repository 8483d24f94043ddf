import type {
  auditSchema,
  checkLineSchema,
  checkSchema,
  connectingSchema,
  deadLetterSchema,
  deliverySchema,
  jobSchema,
  laneSchema,
  parkedSchema,
  pluginSchema,
  tenantSchema,
  workSchema,
} from '@switchboard/core/api-schemas';
import type { z } from 'zod';

/** As it arrives: times are ISO 8601 texts. The shapes are the hub's own, so that a page that misreads one does not compile. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer One)[]
    ? readonly Wire<One>[]
    : T extends object
      ? { readonly [K in keyof T]: Wire<T[K]> }
      : T;

type Answer<S extends z.ZodType> = Wire<z.output<S>>;

export type AuditEntry = Answer<typeof auditSchema>;
export type CheckLine = Answer<typeof checkLineSchema>;
export type Check = Answer<typeof checkSchema>;
export type Connecting = NonNullable<Answer<typeof connectingSchema>['connecting']>;
export type DeadLetter = Answer<typeof deadLetterSchema>;
export type Delivery = Answer<typeof deliverySchema>;
export type Job = Answer<typeof jobSchema>;
export type Lane = Answer<typeof laneSchema>;
export type ParkedWrite = Answer<typeof parkedSchema>;
export type Plugin = Answer<typeof pluginSchema>;
export type Tenant = Answer<typeof tenantSchema>;
export type WorkStatus = Answer<typeof workSchema>;

/** How the connection to Twenty is doing; `crm/status` says more than the console shows. */
export interface CrmStatus {
  readonly outbox: { readonly pending: number; readonly parked: number; readonly oldest?: string };
  /** What the session last said; missing when none ever ran. */
  readonly session?: CrmSession;
  readonly mirror: readonly MirrorStatus[];
}

export interface CrmSession {
  readonly state: 'running' | 'resting' | 'ended';
  readonly at: string;
  readonly breaker: { readonly openUntil: number; readonly reason?: string };
  readonly limits: Readonly<Record<string, CallLimit>>;
  readonly problem?: { readonly message: string; readonly remedy?: string };
  readonly notices: readonly string[];
  readonly backfill?: { readonly copied: number; readonly total: number; readonly secondsLeft?: number };
}

export interface CallLimit {
  readonly limit: { readonly calls: number; readonly perMs: number } | 'unlimited';
  readonly source: 'configured' | 'told' | 'guessed';
  /** Calls by minute of the last half hour, the present minute last. */
  readonly perMinute: readonly number[];
}

export interface MirrorStatus {
  readonly object: string;
  readonly state: 'copying' | 'fresh';
  readonly copied: number;
  readonly total?: number;
  readonly freshUntil?: string;
  readonly lastWebhook?: string;
}
