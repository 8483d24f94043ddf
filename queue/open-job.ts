import type { Lane } from './job-type.ts';

/**
 * How a job stands that is neither over nor dead.
 * - `running`
 * - `retrying`: its last run failed; runs again at `runAt`
 * - `scheduled`: is not due before `runAt`
 * - `waiting`: due since `runAt`
 */
export type OpenJobState = (typeof openJobStates)[number];

export const openJobStates = ['running', 'waiting', 'retrying', 'scheduled'] as const;

/** Neither payload nor dedupe key: they hold what is a customer's. */
export interface OpenJob {
  readonly id: string;
  readonly type: string;
  readonly owner: string;
  readonly lane: Lane;
  readonly state: OpenJobState;
  /** Its owner is paused for the tenant: it waits until that ends, whatever `runAt` says. */
  readonly isPaused: boolean;
  /** Runs that count, the current one included. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly createdAt: Date;
  readonly runAt: Date;
  /** Of the run that is under way; null otherwise. */
  readonly startedAt: Date | null;
  /** Of the last failure. */
  readonly errorMessage: string | null;
  readonly remedy: string | null;
}

/** Every member but the tenant narrows. */
export interface OpenJobFilter {
  /** `null`: work of the hub itself. */
  readonly tenantId: string | null;
  readonly state?: OpenJobState;
  readonly owner?: string;
  readonly type?: string;
}

export interface OpenJobPage {
  readonly items: readonly OpenJob[];
  /** Hand it back as `after` to get the next page; undefined on the last. */
  readonly next: string | undefined;
}

/** What one lane of one tenant is at. Each lane is counted up to its oldest 10,000. */
export interface LaneCounts extends Readonly<Record<OpenJobState, number>> {
  readonly lane: Lane;
}

export interface OpenJobs {
  /** In the order of enqueueing; `limit` 50 unless told, at most 500. */
  readonly list: (
    filter: OpenJobFilter,
    page?: { readonly limit?: number; readonly after?: string },
  ) => Promise<OpenJobPage>;
  /** All lanes, also those in which nothing is. */
  readonly countByLane: (tenantId: string | null) => Promise<readonly LaneCounts[]>;
}
