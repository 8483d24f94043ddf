import { type CrmReader, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { numberText, readNumber } from '../map.ts';

const PAGE = 1000;

/**
 * Looks through the cases of the CRM for the highest number, the first time that a tenant needs one: whoever has numbered before goes on from there.
 * Not inside of a transaction: it reads many pages.
 */
export async function prepareNumbers(tables: PluginTables, crm: CrmReader, prefix: string): Promise<void> {
  const counter = await tables.query(sql`select from service_desk_counter where tenant_id = ${thisTenant}`);
  if (counter.length > 0) return;
  await raiseTo(tables, await highestKnown(crm, prefix));
}

/** A number that somebody else has given is not given again. */
export async function raiseTo(tables: PluginTables, number: number): Promise<void> {
  await tables.query(sql`
    insert into service_desk_counter (tenant_id, last_number) values (${thisTenant}, ${number})
    on conflict (tenant_id) do update
    set last_number = greatest(service_desk_counter.last_number, excluded.last_number)`);
}

/** The next number. Others wait for it until the transaction has ended, so a number that is given back is given to them. */
export async function nextNumber(tables: PluginTables, prefix: string): Promise<string> {
  const [row] = await tables.query<{ last: number }>(sql`
    insert into service_desk_counter (tenant_id, last_number) values (${thisTenant}, 1)
    on conflict (tenant_id) do update set last_number = service_desk_counter.last_number + 1
    returning last_number as last`);
  return numberText(prefix, row?.last ?? 1);
}

async function highestKnown(crm: CrmReader, prefix: string): Promise<number> {
  let highest = 0;
  for (let after: string | undefined; ;) {
    const page = await crm.all('serviceCase', { limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const record of page) highest = Math.max(highest, readNumber(prefix, record['number']) ?? 0);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return highest;
  }
}

export async function noteNumber(tables: PluginTables, caseId: string, number: string): Promise<void> {
  await tables.query(sql`
    update service_desk_case set number = ${number} where tenant_id = ${thisTenant} and case_id = ${caseId}`);
}
