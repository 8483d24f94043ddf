import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { z } from 'zod';
import type { CrmRecord } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { addressesOf, numbersOf } from '../composites.ts';
import { baseFields } from '../schema.ts';
import type { RecordRow } from '../twenty/operations.ts';
import type { MirrorSpec } from './declare.ts';
import { wordsColumn } from './words.ts';

/** A record that became another one than the mirror knew. */
export type RecordChange = {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly object: string;
  readonly recordId: string;
  readonly updatedFields: readonly string[];
  /** Of an update, by field; missing where the mirror did not have the record. */
  readonly values?: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
  /** Who changed it last, as Twenty has it. */
  readonly by?: ChangeAuthor;
  /** No webhook told of it. */
  readonly isRecovered?: boolean;
  readonly occurredAt: Date;
  /** The same for every way by which the same change is heard of. */
  readonly dedupeKey: string;
};

export type ChangeAuthor = {
  readonly source: string;
  readonly memberId: string | null;
  readonly name: string;
};

export type MirrorTarget = {
  readonly tenantId: string;
  /** ISO 3166-1 alpha-2, for numbers that Twenty has without a calling code. */
  readonly country: string;
  readonly spec: MirrorSpec;
};

export type ApplyOptions = {
  /** Believe the rows even where the mirror's are newer: Twenty lets clients set `updatedAt` backwards (2.21, measured). */
  readonly force?: boolean;
};

type Known = { id: string; data: CrmRecord; changed_at: Date; deleted_at: Date | null };

/**
 * Puts rows of Twenty into the mirror, inside the caller's transaction. An older row never overwrites a newer one, so
 * that webhooks may come in any order and twice.
 *
 * @returns what changed by it
 */
export async function applyRows(
  db: Executor,
  target: MirrorTarget,
  rows: readonly RecordRow[],
  { force = false }: ApplyOptions = {},
): Promise<RecordChange[]> {
  const { tenantId, spec } = target;
  const ids = rows.map(({ id }) => id);
  const known = new Map((await lockKnown(db, tenantId, spec.object, ids)).map((row) => [row.id, row]));
  const entries = newest(rows)
    .filter((row) => force || !isOlder(row, known.get(row.id)))
    .map((row) => toEntry(target, row));
  const written = await upsert(db, tenantId, spec.object, entries, force);
  const applied = entries.filter(({ id }) => written.has(id));
  await replaceKeys(db, target, applied);
  const authors = new Map(rows.map((row) => [row.id, authorOf(row)]));
  return applied.flatMap((entry) => changeOf(spec, known.get(entry.id), entry, authors.get(entry.id)));
}

const isOlder = (row: RecordRow, known: Known | undefined): boolean =>
  known !== undefined && known.changed_at.getTime() > Date.parse(row.updatedAt);

/** A page may hold a row twice when it moved between two reads. */
function newest(rows: readonly RecordRow[]): RecordRow[] {
  const byId = new Map<string, RecordRow>();
  for (const row of rows) {
    const other = byId.get(row.id);
    if (other === undefined || Date.parse(other.updatedAt) <= Date.parse(row.updatedAt)) byId.set(row.id, row);
  }
  return [...byId.values()];
}

/** In the order of ids, so that two transactions never wait for each other. */
async function lockKnown(db: Executor, tenantId: string, object: string, ids: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select id, data, changed_at, deleted_at from crm_record
    where tenant_id = ${tenantId} and object = ${object} and id = any(${ids}::uuid[])
    order by id for update
  `.execute(db);
  return rows;
}

type Entry = {
  readonly id: string;
  readonly data: CrmRecord;
  readonly changed_at: string;
  readonly deleted_at: string | null;
  readonly words: string | null;
  readonly keys: readonly { kind: 'phone' | 'email'; value: string }[];
};

function toEntry({ tenantId, spec, country }: MirrorTarget, row: RecordRow): Entry {
  const data: Record<string, unknown> = {};
  for (const name of [...baseFields, ...spec.fields]) if (row[name] !== undefined) data[name] = row[name];
  const phones = new Set(spec.phones.flatMap((name) => numbersOf(row[name], country)));
  const emails = new Set(spec.emails.flatMap((name) => addressesOf(row[name])));
  return {
    id: row.id,
    data: data as CrmRecord,
    changed_at: row.updatedAt,
    deleted_at: row.deletedAt ?? null,
    words: wordsColumn(tenantId, spec, (name) => row[name]),
    keys: [
      ...[...phones].map((value) => ({ kind: 'phone' as const, value })),
      ...[...emails].map((value) => ({ kind: 'email' as const, value })),
    ],
  };
}

async function upsert(
  db: Executor,
  tenantId: string,
  object: string,
  entries: readonly Entry[],
  force: boolean,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const records = entries.map(({ keys: _keys, ...record }) => record);
  const { rows } = await sql<{ id: string }>`
    insert into crm_record (tenant_id, object, id, data, changed_at, deleted_at, words)
    select ${tenantId}::uuid, ${object}, id, data, changed_at, deleted_at, words::tsvector
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      as row (id uuid, data jsonb, changed_at timestamptz, deleted_at timestamptz, words text)
    order by id
    on conflict (tenant_id, id, object) do update
    set data = excluded.data, changed_at = excluded.changed_at, deleted_at = excluded.deleted_at, words = excluded.words
    where ${force} or crm_record.changed_at <= excluded.changed_at
    returning id
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

async function replaceKeys(db: Executor, { tenantId, spec }: MirrorTarget, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0 || spec.phones.length + spec.emails.length === 0) return;
  const keys = entries.flatMap(({ id, keys: own }) => own.map((key) => ({ ...key, id })));
  await sql`
    with wanted as (
      select kind, value, id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (kind text, value text, id uuid)
    ), gone as (
      delete from crm_key
      where tenant_id = ${tenantId} and object = ${spec.object} and record_id = any(${entries.map(({ id }) => id)}::uuid[])
        and not exists (
          select from wanted
          where wanted.id = crm_key.record_id and wanted.kind = crm_key.kind and wanted.value = crm_key.value
        )
    )
    insert into crm_key (tenant_id, kind, value, object, record_id)
    select ${tenantId}::uuid, kind, value, ${spec.object}, id from wanted
    on conflict do nothing
  `.execute(db);
}

const actor = z.object({ source: z.string(), workspaceMemberId: z.string().nullish(), name: z.string().nullish() });

/** Twenty keeps `updatedBy` with every record; where it was not asked for, nobody is named. */
function authorOf(row: RecordRow): ChangeAuthor | undefined {
  const { data } = actor.safeParse(row['updatedBy']);
  return data === undefined
    ? undefined
    : { source: data.source, memberId: data.workspaceMemberId || null, name: data.name ?? '' };
}

function changeOf(
  { object, untold }: Pick<MirrorSpec, 'object' | 'untold'>,
  known: Known | undefined,
  entry: Entry,
  author: ChangeAuthor | undefined,
): RecordChange[] {
  const wasThere = known !== undefined && known.deleted_at === null;
  const isThere = entry.deleted_at === null;
  const updatedFields = known === undefined ? [] : differing(known.data, entry.data);
  const kind = kindOf(wasThere, isThere, updatedFields.length > 0);
  if (kind === undefined) return [];
  return [
    {
      kind,
      object,
      recordId: entry.id,
      updatedFields,
      ...(kind === 'updated' && known !== undefined
        ? {
            values: valuesOf(
              updatedFields.filter((name) => !untold.includes(name)),
              known.data,
              entry.data,
            ),
          }
        : {}),
      ...(author === undefined ? {} : { by: author }),
      occurredAt: new Date(entry.changed_at),
      dedupeKey: `${object}/${entry.id}/${kind}/${new Date(entry.changed_at).toISOString()}`,
    },
  ];
}

function kindOf(wasThere: boolean, isThere: boolean, differs: boolean): RecordChange['kind'] | undefined {
  if (!wasThere) return isThere ? 'created' : undefined;
  if (!isThere) return 'deleted';
  return differs ? 'updated' : undefined;
}

function valuesOf(fields: readonly string[], before: CrmRecord, after: CrmRecord): RecordChange['values'] & object {
  return Object.fromEntries(
    fields.map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }] as const),
  );
}

function differing(before: CrmRecord, after: CrmRecord): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('updatedAt');
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/**
 * Records that are gone from Twenty for good. The row stays as a sign of it, so that a late webhook does not bring the
 * record back and the gateway does not write it anew.
 */
export async function markDestroyed(
  db: Executor,
  { tenantId, spec }: MirrorTarget,
  ids: readonly string[],
  at: Date,
): Promise<RecordChange[]> {
  const { rows } = await sql<{ id: string; was_deleted: boolean }>`
    update crm_record set deleted_at = coalesce(crm_record.deleted_at, ${at}), words = null,
      changed_at = greatest(crm_record.changed_at, ${at}), data = jsonb_build_object('id', crm_record.id)
    from (
      select id, deleted_at is not null as was_deleted from crm_record
      where tenant_id = ${tenantId} and object = ${spec.object} and id = any(${ids}::uuid[])
      order by id for update
    ) before
    where tenant_id = ${tenantId} and object = ${spec.object} and crm_record.id = before.id
    returning crm_record.id, before.was_deleted
  `.execute(db);
  await sql`
    delete from crm_key where tenant_id = ${tenantId} and object = ${spec.object} and record_id = any(${ids}::uuid[])
  `.execute(db);
  return rows
    .filter((row) => !row.was_deleted)
    .map(({ id }) => ({
      kind: 'deleted',
      object: spec.object,
      recordId: id,
      updatedFields: [],
      occurredAt: at,
      dedupeKey: `${spec.object}/${id}/destroyed`,
    }));
}
