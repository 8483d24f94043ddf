import { sql, thisTenant } from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import type { Author, Context } from '../services.ts';

export interface Presence {
  readonly caseId: string;
  /** `left`: the page was closed. */
  readonly state: 'reading' | 'editing' | 'left';
}

/** Tells everybody who has the case open that this member has it open, too. */
export async function notePresence(
  { commit, clock }: Context,
  author: Author,
  { caseId, state }: Presence,
): Promise<void> {
  const now = new Date(clock.now());
  await commit({
    rows: async (tables) => {
      if (state === 'left') {
        await tables.query(sql`
          delete from service_desk_presence
          where tenant_id = ${thisTenant} and case_id = ${caseId} and member_id = ${author.id}`);
      } else {
        await tables.query(sql`
          insert into service_desk_presence (tenant_id, case_id, member_id, member_name, is_editing, since, seen_at)
          values (${thisTenant}, ${caseId}, ${author.id}, ${author.name}, ${state === 'editing'}, ${now}, ${now})
          on conflict (tenant_id, case_id, member_id) do update
          set member_name = excluded.member_name, is_editing = excluded.is_editing, seen_at = excluded.seen_at`);
      }
      return { live: [await caseWork(tables, caseId, now.getTime())] };
    },
  });
}
