import { defineJob, handle, type JobInput, job } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { callsIn, casesIn } from './members.ts';

const countJob = defineJob({ name: 'service-desk.count-members', payload: z.object({ folderId: z.uuid() }) });

/** Has the number of members written to the folder's record, soon. */
export function countMembers(folderId: string, now: number): JobInput {
  return job(countJob, { folderId }, `${folderId}/${now}`);
}

export const countHandler = handle<Context, typeof countJob.payload>(
  countJob,
  async ({ crm, tables, clock, commit }, { folderId }) => {
    const sources = { tables, crm, now: clock.now() };
    const [record, cases, calls] = await Promise.all([
      crm.get('malfunction', folderId),
      casesIn(sources, folderId),
      callsIn(sources, folderId),
    ]);
    const fields = { caseCount: cases.size, callCount: calls.size };
    if (record?.['caseCount'] === fields.caseCount && record['callCount'] === fields.callCount) return;
    const lastActivityAt = new Date(clock.now()).toISOString();
    await commit({ writes: [{ object: 'malfunction', id: folderId, fields: { ...fields, lastActivityAt } }] });
  },
);
