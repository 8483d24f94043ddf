import type { Handler, Job, Queue } from '@switchboard/queue';
import { z } from 'zod';
import type { Blobs } from '../../blobs/index.ts';
import type { CrmFile, CrmFileSource } from '../../contract/files.ts';
import { defineJob } from '../../contract/job.ts';
import type { Executor } from '../../store/database.ts';
import { stageWrites } from '../outbox/stage.ts';
import { deliverFile } from './deliver.ts';
import { createFieldIds } from './field-ids.ts';
import { createFileSource } from './open-file.ts';
import { openWay } from './open-way.ts';
import type { WayOptions } from './open-way.ts';
import { noteFiles } from './stage.ts';
import type { FileOwner } from './stage.ts';

/** Files on their way to Twenty: each is a job, so that it outlives outages and restarts, and a person sees what is stuck. And those that lie there. */
export interface CrmFiles {
  /**
   * Has files sent once the caller's transaction commits. The same key of the same owner is the same file.
   * @throws PayloadError when a file could never be sent; NotFoundError when its bytes are not in the store
   */
  readonly stage: (transaction: Executor, place: FileOwner, files: readonly CrmFile[]) => Promise<void>;
  readonly resolve: (job: Job) => Handler | undefined;
  /** As one tenant's plugins see what lies in its Twenty. */
  readonly sourceOf: (tenantId: string) => CrmFileSource;
}

export type CrmFilesOptions = Omit<WayOptions, 'fetch'> & {
  readonly queue: Pick<Queue, 'enqueueMany'>;
  readonly blobs: Blobs;
  readonly fetch?: WayOptions['fetch'];
};

/** Uploads of one tenant and lane at a time: enough to fill a line, too few to fill a server. */
const slots = 4;

const uploadJob = defineJob({
  name: 'crm.upload-file',
  payload: z.object({ id: z.uuid(), slot: z.string() }),
  // 1 GiB over 3 Mbit/s; a connection over which nothing goes ends much sooner.
  timeoutMs: 3_600_000,
  serialize: ({ slot }) => slot,
});

export function createCrmFiles(options: CrmFilesOptions): CrmFiles {
  const { queue, blobs } = options;
  const way = { ...options, fetch: options.fetch ?? globalThis.fetch };
  const fieldIds = createFieldIds();
  const handler: Handler = {
    type: uploadJob,
    run: async ({ payload, signal }) => {
      const { id } = uploadJob.payload.parse(payload);
      await deliverFile({ ...way, open: (tenantId) => openWay(way, tenantId), stageWrites, fieldIds }, id, signal);
    },
  };
  return {
    stage: async (transaction, place, files) => {
      const noted = await noteFiles(transaction, blobs, place, files);
      const jobs = noted.map(({ id, lane }) => ({
        type: uploadJob,
        payload: { id, slot: `${lane}-${parseInt(id.slice(-4), 16) % slots}` },
        tenantId: place.tenantId,
        owner: 'core',
        dedupeKey: id,
        lane,
      }));
      if (jobs.length > 0) await queue.enqueueMany(jobs, { transaction });
    },
    resolve: (job) => (job.type === uploadJob.name ? handler : undefined),
    sourceOf: (tenantId) => createFileSource(way, tenantId),
  };
}
