import type { LaneCounts, OpenJobFilter, OpenJobPage, Queue } from '@switchboard/queue';
import type { Tenants } from '../tenants/index.ts';

/** Jobs of a tenant that are neither over nor dead, in the order of enqueueing. */
export interface JobList extends OpenJobPage {
  /** Of all of them, whatever is listed. */
  readonly lanes: readonly LaneCounts[];
}

interface JobReaderDeps {
  readonly queue: Pick<Queue, 'openJobs'>;
  readonly tenants: Tenants;
}

/** @throws NotFoundError from the reader, where there is no such tenant */
export function createJobReader({ queue: { openJobs }, tenants }: JobReaderDeps) {
  return async (
    tenant: string,
    filter: Omit<OpenJobFilter, 'tenantId'>,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<JobList> => {
    const { id: tenantId } = await tenants.get(tenant);
    const [{ items, next }, lanes] = await Promise.all([
      openJobs.list({ ...filter, tenantId }, page),
      openJobs.countByLane(tenantId),
    ]);
    return { items, next, lanes };
  };
}
