import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';

/** What changed in a tenant's feed, as one consistent picture. */
export interface Reading {
  /** Everything up to this version is in it. */
  readonly version: number;
  /** Removals up to this version are not known any more. */
  readonly forgotten: number;
  /** In the order of their versions. */
  readonly entries: readonly Entry[];
}

/** One item, or the memory that it was removed. */
export interface Entry {
  readonly topic: string;
  readonly key: string;
  readonly version: number;
  readonly removed: boolean;
  /** JSON. */
  readonly data: string;
  /** Null: everybody who may read the topic. */
  readonly members: ReadonlySet<string> | null;
  /** Who has to be told when they may not see it any more. Null: everybody. */
  readonly seenBy: ReadonlySet<string> | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

type Row = {
  readonly head: number;
  readonly forgotten: number;
  readonly topic: string | null;
  readonly key: string;
  readonly version: number;
  readonly removed: boolean;
  readonly data: string;
  readonly members: string[] | null;
  readonly seen_by: string[] | null;
  readonly expires_at: Date | null;
};

/** Reads what has a version above the given one. One statement, therefore one snapshot: no change lies between head and items. */
export async function readSince(db: Executor, tenantId: string, version: number): Promise<Reading> {
  const { rows } = await sql<Row>`
    select head.version as head, head.forgotten, topic, key, item.version, removed_at is not null as removed, data::text as data,
        members, seen_by, expires_at
      from live_head as head left join live_item as item on item.tenant_id = head.tenant_id and item.version > ${version}
      where head.tenant_id = ${tenantId}
      order by item.version
  `.execute(db);
  const [first] = rows;
  return {
    version: first?.head ?? 0,
    forgotten: first?.forgotten ?? 0,
    entries: rows.filter((row) => row.topic !== null).map(toEntry),
  };
}

/** The versions up to which the feeds of these tenants have come. */
export async function readHeads(db: Executor, tenantIds: readonly string[]): Promise<Map<string, number>> {
  if (tenantIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('live_head')
    .select(['tenant_id', 'version'])
    .where('tenant_id', 'in', tenantIds)
    .execute();
  return new Map(rows.map((row) => [row.tenant_id, row.version]));
}

function toEntry(row: Row): Entry {
  return {
    topic: row.topic ?? '',
    key: row.key,
    version: row.version,
    removed: row.removed,
    data: row.data,
    members: row.members === null ? null : new Set(row.members),
    seenBy: row.seen_by === null ? null : new Set(row.seen_by),
    expiresAt: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}
