import { handle, sql, thisTenant } from '@switchboard/core/contract';
import { forgetReminders } from '../reminders/reminders.ts';
import type { Context } from '../services.ts';
import { watchHandler } from '../promises/watch.ts';
import { tidyDesk, writeCallLink } from './work.ts';

/** A record of a call that is over is at least in the outbox, behind which this write waits. */
const link = handle<Context, typeof writeCallLink.payload>(
  writeCallLink,
  async ({ crm, commit, tables }, { callId, isOver }) => {
    if (!isOver && (await crm.get('phoneCall', callId)) === undefined) return;
    const [row] = await tables.query<{ caseId: string | null; malfunctionId: string | null }>(sql`
    select case_id as "caseId", malfunction_id as "malfunctionId" from service_desk_call
    where tenant_id = ${thisTenant} and call_id = ${callId} and not is_written`);
    if (row === undefined) return;
    const { caseId, malfunctionId } = row;
    await commit({
      rows: async (own) => {
        await own.query(sql`
        update service_desk_call set is_written = true
        where tenant_id = ${thisTenant} and call_id = ${callId}
          and case_id is not distinct from ${caseId}::uuid and malfunction_id is not distinct from ${malfunctionId}::uuid`);
      },
      writes: [{ object: 'phoneCall', id: callId, fields: { serviceCaseId: caseId, malfunctionId }, lane: 'live' }],
    });
  },
);

const tidy = handle<Context, typeof tidyDesk.payload>(tidyDesk, async ({ tables, clock }) => {
  const day = 86_400_000;
  const week = new Date(clock.now() - 7 * day);
  await tables.query(sql`delete from service_desk_request where tenant_id = ${thisTenant} and at < ${week}`);
  await tables.query(sql`delete from service_desk_made where tenant_id = ${thisTenant} and at < ${week}`);
  await tables.query(sql`delete from service_desk_touch where tenant_id = ${thisTenant} and at < ${week}`);
  await tables.query(sql`delete from service_desk_presence where tenant_id = ${thisTenant} and seen_at < ${week}`);
  await tables.query(sql`
    delete from service_desk_call
    where tenant_id = ${thisTenant} and filed_at < ${week} and (is_written or (case_id is null and malfunction_id is null))`);
  await forgetReminders(tables, new Date(clock.now()));
});

export const jobs = [link, tidy, watchHandler];
