import {
  type CrmReader,
  type CrmRecord,
  json,
  NotFoundError,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { type CaseRow, type Pending, withPending } from '../cases/pending.ts';

/** A folder as it will be, with what is on its way to Twenty. */
export interface Folder {
  readonly id: string;
  readonly current: CrmRecord;
  /** As the mirror has it. */
  readonly record: CrmRecord | undefined;
  readonly pending: Pending;
}

interface Sources {
  readonly tables: PluginTables;
  /** Of the member, so that only a folder that the role may read is found. */
  readonly crm: Pick<CrmReader, 'get'>;
  readonly now: number;
}

/** @throws NotFoundError when there is none, it was deleted, or the member may not see it */
export async function findFolder({ tables, crm, now }: Sources, id: string): Promise<Folder> {
  const [record, pending] = await Promise.all([crm.get('malfunction', id), readPending(tables, id)]);
  return folderFrom(id, record, pending, now);
}

/** @throws NotFoundError */
export function folderFrom(id: string, record: CrmRecord | undefined, pending: Pending, now: number): Folder {
  const current = withPending(id, record, asRow(pending), now);
  if (current !== undefined) return { id, current, record, pending };
  throw new NotFoundError('There is no such malfunction', {
    field: 'id',
    remedy: 'It may have been deleted in Twenty, or your role may not see it.',
  });
}

async function readPending(tables: PluginTables, id: string): Promise<Pending> {
  const [row] = await tables.query<{ pending: Pending }>(sql`
    select pending from service_desk_folder where tenant_id = ${thisTenant} and folder_id = ${id}`);
  return row?.pending ?? {};
}

/** Makes everybody else who changes the folder wait until the transaction has ended. */
export async function lockFolder(tables: PluginTables, id: string): Promise<Pending> {
  await tables.query(sql`
    insert into service_desk_folder (tenant_id, folder_id) values (${thisTenant}, ${id}) on conflict do nothing`);
  const [row] = await tables.query<{ pending: Pending }>(sql`
    select pending from service_desk_folder where tenant_id = ${thisTenant} and folder_id = ${id} for update`);
  return row?.pending ?? {};
}

export async function keepFolder(tables: PluginTables, id: string, pending: Pending): Promise<void> {
  await tables.query(sql`
    update service_desk_folder set pending = ${json(pending)}::jsonb
    where tenant_id = ${thisTenant} and folder_id = ${id}`);
}

/** Folders that were opened or changed at the desk lately: the mirror may not have them yet, or not as they are. */
export async function pendingFolders(tables: PluginTables): Promise<ReadonlyMap<string, Pending>> {
  const rows = await tables.query<{ id: string; pending: Pending }>(sql`
    select folder_id as id, pending from service_desk_folder
    where tenant_id = ${thisTenant} and pending <> '{}'::jsonb order by opened_at desc limit 1000`);
  return new Map(rows.map(({ id, pending }) => [id, pending]));
}

/** The same of these folders, by id. */
export async function pendingOf(tables: PluginTables, ids: readonly string[]): Promise<ReadonlyMap<string, Pending>> {
  if (ids.length === 0) return new Map();
  const rows = await tables.query<{ id: string; pending: Pending }>(sql`
    select folder_id as id, pending from service_desk_folder
    where tenant_id = ${thisTenant} and folder_id = any(${ids}::uuid[])`);
  return new Map(rows.map(({ id, pending }) => [id, pending]));
}

export function overlaid(
  id: string,
  record: CrmRecord | undefined,
  pending: Pending | undefined,
  now: number,
): CrmRecord | undefined {
  return withPending(id, record, pending === undefined ? undefined : asRow(pending), now);
}

const asRow = (pending: Pending): CaseRow => ({ number: null, pending, deletedAt: null });
