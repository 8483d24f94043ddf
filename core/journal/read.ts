import { sql } from 'kysely';
import type {
  JournalContent,
  JournalEntry,
  JournalFilter,
  JournalPage,
  JournalTally,
  RecordRef,
} from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { readSubject, subjectText } from './facts.ts';

const MOST = 200;

type Row = Omit<JournalEntry, 'subjects'> & {
  readonly subjects: readonly string[];
  readonly content: JournalContent | null;
};

/** By the time at which it happened, the newest first. */
export async function listEntries(
  db: Executor,
  tenantId: string,
  { subjects, kinds, actor }: JournalFilter,
  { before, limit = 50 }: JournalPage = {},
): Promise<JournalEntry[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<Row>`${prepared}
    select entry.sequence, key, kind, at, noted_at as "notedAt", source, actor_kind as "actorKind", actor_id as "actorId",
      subjects, is_recovered as "isRecovered", content, hash
    from journal_entry entry
      left join journal_content using (tenant_id, sequence)
    where entry.tenant_id = ${tenantId} and subjects && ${subjects.map(subjectText)}::text[]
      and (${kinds ?? null}::text[] is null or kind = any(${kinds ?? null}::text[]))
      and (${actor?.kind ?? null}::text is null or actor_kind = ${actor?.kind ?? null})
      and (${actor?.id ?? null}::uuid is null or actor_id = ${actor?.id ?? null}::uuid)
      and (${before?.at ?? null}::timestamptz is null
        or (at, entry.sequence) < (${before?.at ?? null}::timestamptz, ${before?.sequence ?? null}::bigint))
    order by at desc, entry.sequence desc limit ${Math.min(limit, MOST)}
  `.execute(db);
  return rows.map((row) => ({ ...row, subjects: row.subjects.map(readSubject) }));
}

export async function tallyEntries(
  db: Executor,
  tenantId: string,
  subjects: readonly RecordRef[],
): Promise<JournalTally[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<JournalTally>`${prepared}
    select kind, actor_kind as "actorKind", actor_id as "actorId", count(*)::integer as count from journal_entry
    where tenant_id = ${tenantId} and subjects && ${subjects.map(subjectText)}::text[]
    group by kind, actor_kind, actor_id order by count desc, kind, actor_kind, actor_id
  `.execute(db);
  return rows;
}
