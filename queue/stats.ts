import type { JobState } from './job.ts';
import type { Lane } from './job-type.ts';

export interface JobCount {
  /** `done` and `discarded` are not counted: their number says only how long they are kept. */
  readonly state: Exclude<JobState, 'done' | 'discarded'>;
  readonly owner: string;
  readonly lane: Lane;
  readonly count: number;
}

export interface QueueStats {
  readonly counts: readonly JobCount[];
  /** Seconds that the longest-waiting due job of each lane has been due; 0 when none is. Paused ones do not count. */
  readonly oldestDueSeconds: Readonly<Record<Lane, number>>;
  /** Slots of all live worker processes, and how many are taken. */
  readonly slots: Readonly<Record<Lane, number>>;
  readonly running: Readonly<Record<Lane, number>>;
  readonly backend: BackendHealth;
  readonly pauses: readonly Pause[];
  /** Of the schedule that is most overdue; 0 when all are in time. */
  readonly scheduleLagSeconds: number;
}

/** What one tenant's jobs are at. Counts stop at 10,000. */
export interface Backlog {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  /** That the longest-waiting due job has been due; 0 when none is. Paused ones do not count. */
  readonly oldestDueSeconds: number;
}

export interface BackendHealth {
  readonly kind: 'postgres' | 'redis';
  readonly ok: boolean;
  /** One sentence when not ok. */
  readonly detail: string;
}

export interface Pause {
  readonly owner: string;
  readonly tenantId: string | null;
  readonly reason: string;
  readonly since: Date;
}
