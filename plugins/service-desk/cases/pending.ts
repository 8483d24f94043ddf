import { isDeepStrictEqual } from 'node:util';
import { type CrmRecord, json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/**
 * What the desk has written and Twenty has not taken yet. People see their own change at once, however long Twenty is away; what is in the mirror
 * counts as soon as it is a value that nobody here has replaced.
 */
export type Pending = Readonly<Record<string, Held>>;

type Held = {
  readonly value: unknown;
  /** What the mirror may show until then: what it shows now, and what was written before and has not arrived. */
  readonly was: readonly unknown[];
  readonly at: string;
};

/** After that long nobody waits for Twenty any more. */
const BELIEVED_MS = 86_400_000;

export interface CaseRow {
  readonly number: string | null;
  readonly pending: Pending;
  readonly deletedAt: Date | null;
}

export async function readRow(tables: PluginTables, caseId: string): Promise<CaseRow | undefined> {
  const [row] = await tables.query<CaseRow>(sql`
    select number, pending, deleted_at as "deletedAt" from service_desk_case
    where tenant_id = ${thisTenant} and case_id = ${caseId}`);
  return row;
}

/** Makes everybody else who wants to change the case wait until the transaction has ended. */
export async function lockRow(tables: PluginTables, caseId: string): Promise<CaseRow> {
  await tables.query(sql`
    insert into service_desk_case (tenant_id, case_id) values (${thisTenant}, ${caseId}) on conflict do nothing`);
  const [row] = await tables.query<CaseRow>(sql`
    select number, pending, deleted_at as "deletedAt" from service_desk_case
    where tenant_id = ${thisTenant} and case_id = ${caseId} for update`);
  if (row === undefined) throw new TypeError('A case without a row');
  return row;
}

export async function keepPending(tables: PluginTables, caseId: string, pending: Pending): Promise<void> {
  await tables.query(sql`
    update service_desk_case set pending = ${json(pending)}::jsonb
    where tenant_id = ${thisTenant} and case_id = ${caseId}`);
}

/** The case as it will be. Undefined when there is none, or it was deleted. */
export function withPending(
  caseId: string,
  record: CrmRecord | undefined,
  row: CaseRow | undefined,
  now: number,
): CrmRecord | undefined {
  if (row === undefined) return record;
  if (row.deletedAt !== null) return undefined;
  const awaited = stillAwaited(record, row.pending, now);
  if (record === undefined && Object.keys(awaited).length === 0) return undefined;
  const values = Object.entries(awaited).map(([field, { value }]) => [field, value]);
  return { ...record, ...Object.fromEntries(values), id: caseId };
}

/** Adds values that are written now to what is awaited. */
export function awaiting(
  record: CrmRecord | undefined,
  pending: Pending,
  values: Readonly<Record<string, unknown>>,
  now: number,
): Pending {
  const at = new Date(now).toISOString();
  const kept = stillAwaited(record, pending, now);
  const added = Object.entries(values).map(([field, value]) => {
    const before = kept[field];
    const was = before === undefined ? [] : [...before.was, before.value];
    return [field, { value: plain(value), was: [plain(record?.[field]), ...was], at }];
  });
  return { ...kept, ...Object.fromEntries(added) };
}

function stillAwaited(record: CrmRecord | undefined, pending: Pending, now: number): Pending {
  return Object.fromEntries(
    Object.entries(pending).filter(([field, { was, at }]) => {
      const shown = plain(record?.[field]);
      return was.some((value) => isDeepStrictEqual(value, shown)) && now - Date.parse(at) < BELIEVED_MS;
    }),
  );
}

/** As JSON keeps it. */
function plain(value: unknown): unknown {
  return value === undefined || value === '' ? null : value;
}
