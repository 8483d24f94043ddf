import {
  defineJob,
  handle,
  type JournalKind,
  journalKinds,
  type Schedule,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { journalEntry } from '../cases/entries.ts';
import type { Context } from '../services.ts';

/** Takes lines that the desk has kept by itself, before there was a journal, into the journal: page by page, until there are none. */
const carryOver = defineJob({ name: 'service-desk.carry-over', payload: z.object({}), lane: 'bulk' });

const PAGE = 200;

interface Line {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly memberId: string | null;
  readonly memberName: string;
  readonly caseId: string | null;
  readonly malfunctionId: string | null;
  readonly callId: string | null;
  readonly body: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

export const carryOverHandler = handle<Context, typeof carryOver.payload>(
  carryOver,
  async ({ commit }, _, { signal }) => {
    for (let moved = PAGE; moved === PAGE && !signal.aborted;) {
      await commit({
        rows: async (tables) => {
          const lines = await tables.query<Line>(sql`
          delete from service_desk_entry where tenant_id = ${thisTenant} and id = any(array(
            select id from service_desk_entry where tenant_id = ${thisTenant} order by at, id limit ${PAGE}))
          returning id, kind, at, member_id as "memberId", member_name as "memberName", case_id as "caseId",
            malfunction_id as "malfunctionId", call_id as "callId", body, before, after`);
          moved = lines.length;
          const inOrder = lines.toSorted((one, other) => one.at.getTime() - other.at.getTime());
          return {
            journal: inOrder.filter(isAbout).map((line) => journalEntry(line.id, { ...line, kind: kindOf(line) })),
          };
        },
      });
    }
  },
);

const known: readonly string[] = journalKinds;
const kindOf = ({ kind }: Line): JournalKind => (known.includes(kind) ? (kind as JournalKind) : 'OTHER');

/** A line about nothing has no place in a journal. */
const isAbout = ({ caseId, malfunctionId, callId }: Line): boolean =>
  caseId !== null || malfunctionId !== null || callId !== null;

export const carryOverSchedule: Schedule = {
  name: 'carry-over',
  every: { cron: '11 3 * * *' },
  type: carryOver,
  payload: {},
};
