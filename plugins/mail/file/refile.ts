import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { incomingKey } from '../map.ts';
import type { SendContext } from '../send/context.ts';

export interface Refiling {
  readonly mailIds: readonly string[];
  readonly from: string;
  readonly to: string;
}

type Moved = { readonly id: string; readonly isShown: boolean };

/** Has mails that came belong to another case, in the hub and in Twenty: what refers to them belongs there as well. @returns those that were in the first one */
export async function refileMails({ commit, crm }: SendContext, { mailIds, from, to }: Refiling): Promise<string[]> {
  const moved: Moved[] = [];
  await commit({
    rows: async (tables) => {
      moved.push(...(await move(tables, { mailIds, from, to })));
      await takePart(
        tables,
        moved.map(({ id }) => id),
        to,
      );
      return {
        writes: moved
          .filter(({ isShown }) => isShown)
          .map(({ id }) => ({
            object: 'caseMessage',
            id: crm.idFor('caseMessage', incomingKey(id)),
            fields: { serviceCaseId: to },
          })),
      };
    },
  });
  return moved.map(({ id }) => id);
}

async function move(tables: PluginTables, { mailIds, from, to }: Refiling): Promise<Moved[]> {
  return await tables.query<Moved>(sql`
    update mail_filing set case_id = ${to}
    where tenant_id = ${thisTenant} and message_id = any(${mailIds}::uuid[]) and case_id = ${from}
    returning message_id as id, is_shown as "isShown"`);
}

/** Whoever wrote them takes part in the other case, and may answer there. */
async function takePart(tables: PluginTables, ids: readonly string[], caseId: string): Promise<void> {
  await tables.query(sql`
    insert into mail_participant (tenant_id, case_id, address)
    select distinct ${thisTenant}::uuid, ${caseId}::uuid, lower(message.from_address)
    from mail_message message
    where message.tenant_id = ${thisTenant} and message.id = any(${ids}::uuid[]) and message.from_address <> ''
    on conflict do nothing`);
}
