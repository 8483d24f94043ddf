import type { z } from 'zod';

import type { EnqueueInput } from './queue.ts';

export interface ScheduleInput<S extends z.ZodType = z.ZodType> {
  /** Unique in the hub: `threecx/<tenant>/poll`. */
  readonly key: string;
  /** Five fields, or a fixed pause in milliseconds (at least 1,000). */
  readonly every: { readonly cron: string } | { readonly ms: number };
  /** IANA name for `cron`; `UTC` unless told. */
  readonly timeZone?: string;
  /** What a tick enqueues. */
  readonly job: Pick<EnqueueInput<S>, 'type' | 'payload' | 'tenantId' | 'owner' | 'lane'>;
}

export interface ScheduleInfo {
  readonly key: string;
  readonly every: { readonly cron: string } | { readonly ms: number };
  readonly timeZone: string;
  readonly type: string;
  readonly tenantId: string | null;
  readonly owner: string;
  readonly lastTickAt: Date | null;
  /** When the next tick is due; in the past when no worker runs. */
  readonly nextTickAt: Date;
}
