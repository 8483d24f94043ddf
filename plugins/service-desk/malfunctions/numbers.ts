import { type CrmReader, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { numberText, readNumber } from '../map.ts';

const PREFIX = 'M-';
const PAGE = 1000;

/** Goes on from the highest number in the CRM, the first time that a tenant needs one. Not inside of a transaction: it reads pages. */
export async function prepareFolderNumbers(tables: PluginTables, crm: Pick<CrmReader, 'all'>): Promise<void> {
  const counter = await tables.query(sql`select from service_desk_folder_counter where tenant_id = ${thisTenant}`);
  if (counter.length > 0) return;
  await tables.query(sql`
    insert into service_desk_folder_counter (tenant_id, last_number) values (${thisTenant}, ${await highest(crm)})
    on conflict (tenant_id) do nothing`);
}

/** Others wait for the next one until the transaction has ended. */
export async function nextFolderNumber(tables: PluginTables): Promise<string> {
  const [row] = await tables.query<{ last: number }>(sql`
    insert into service_desk_folder_counter (tenant_id, last_number) values (${thisTenant}, 1)
    on conflict (tenant_id) do update set last_number = service_desk_folder_counter.last_number + 1
    returning last_number as last`);
  return numberText(PREFIX, row?.last ?? 1);
}

async function highest(crm: Pick<CrmReader, 'all'>): Promise<number> {
  let found = 0;
  for (let after: string | undefined; ;) {
    const page = await crm.all('malfunction', { limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { number } of page) found = Math.max(found, readNumber(PREFIX, number) ?? 0);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return found;
  }
}
