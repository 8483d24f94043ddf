import type { Handler, Job, Queue } from '@switchboard/queue';
import { z } from 'zod';
import { defineJob, type Logger } from '../contract/index.ts';
import type { Tenants } from '../tenants/index.ts';
import type { Journal } from './journal.ts';

const verifyJob = defineJob({
  name: 'core.verify-journals',
  payload: z.object({}),
  lane: 'bulk',
  timeoutMs: 6 * 3_600_000,
});

export interface NightlyCheck {
  readonly schedule: () => Promise<void>;
  readonly resolve: (job: Job) => Handler | undefined;
}

interface NightlyOptions {
  readonly queue: Queue;
  readonly journal: Journal;
  readonly tenants: Tenants;
  readonly log: Logger;
}

/** Every night the journals of all tenants are checked, one after the other. */
export function createNightlyCheck({ queue, journal, tenants, log }: NightlyOptions): NightlyCheck {
  const handler: Handler = {
    type: verifyJob,
    run: async ({ signal }) => {
      for (const { id } of await tenants.list()) {
        const verdict = await journal.verify(id, { signal });
        if (!verdict.isIntact) log.error({ tenantId: id, brokenAt: verdict.brokenAt }, 'A journal was tampered with');
      }
    },
  };
  return {
    schedule: async () =>
      await queue.schedule({
        key: 'core/verify-journals',
        every: { cron: '37 4 * * *' },
        job: { type: verifyJob, payload: {}, tenantId: null, owner: 'core' },
      }),
    resolve: (job) => (job.type === verifyJob.name ? handler : undefined),
  };
}
