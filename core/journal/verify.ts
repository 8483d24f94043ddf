import { sql } from 'kysely';
import { chainStart } from '../audit/chain.ts';
import type { JournalContent } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { hashContent, hashFacts, type JournalFacts } from './facts.ts';

/** An entry as somebody has seen it once, with its hash: whatever was cut off or written anew since does not lead to it. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

/** `brokenAt` is the sequence number of the first entry that is not as it was written. */
export type JournalVerdict =
  | { readonly isIntact: true; readonly entries: number; readonly erased: number; readonly hash: string }
  | { readonly isIntact: false; readonly brokenAt: number; readonly reason: string };

/** Reads page by page, because a chain grows for years. Pages are small enough for memory and large enough for the way to the database. */
const PAGE = 1000;

/** Follows a tenant's chain from its first entry to its head. @param signal ends it early, with an AbortError */
export async function verifyJournal(
  db: Executor,
  tenantId: string,
  anchors: readonly Anchor[] = [],
  signal?: AbortSignal,
): Promise<JournalVerdict> {
  // Read first: entries appended while we walk lie beyond it and are none of its business.
  const head = await readHead(db, tenantId);
  let previous: Anchor = { sequence: 0, hash: chainStart };
  let erased = 0;
  while (previous.sequence < head.sequence) {
    signal?.throwIfAborted();
    const page = await readPage(db, tenantId, previous.sequence, head.sequence);
    if (page.length === 0) return broken(previous.sequence + 1, 'entries are missing at the end');
    const erasures = await readErasures(db, tenantId, page);
    for (const row of page) {
      const problem = problemOf(tenantId, previous, row, erasures, anchors);
      if (problem !== undefined) return problem;
      if (row.content === null) erased += 1;
      previous = row;
    }
  }
  if (previous.hash !== head.hash) return broken(head.sequence, 'the newest entry is not the one that was written');
  const cut = anchors.find(({ sequence }) => sequence > head.sequence);
  if (cut !== undefined) return broken(head.sequence + 1, `entries up to ${cut.sequence} were cut off the end`);
  const beyond = await firstBeyondHead(db, tenantId);
  if (beyond !== undefined) return broken(beyond, 'an entry was added past the end of the chain');
  return { isIntact: true, entries: head.sequence, erased, hash: head.hash };
}

type Row = Omit<JournalFacts, 'tenantId'> &
  Anchor & {
    readonly previousHash: string;
    readonly salt: string | null;
    readonly content: JournalContent | null;
    /** Undefined where there is no row of words at all. */
    readonly erasedBy: number | null;
    readonly hasContentRow: boolean;
  };

type Problem = Extract<JournalVerdict, { readonly isIntact: false }>;

function problemOf(
  tenantId: string,
  previous: Anchor,
  row: Row,
  erasures: ReadonlySet<string>,
  anchors: readonly Anchor[],
): Problem | undefined {
  const { previousHash, hash, salt, content, erasedBy, hasContentRow, ...facts } = row;
  if (facts.sequence !== previous.sequence + 1) return broken(previous.sequence + 1, 'an entry is missing');
  if (previousHash !== previous.hash || hash !== hashFacts(previous.hash, { tenantId, ...facts })) {
    return broken(facts.sequence, 'the entry was changed');
  }
  if (anchors.some((anchor) => anchor.sequence === facts.sequence && anchor.hash !== hash)) {
    return broken(facts.sequence, 'the chain was written anew: it once had another entry here');
  }
  if (!hasContentRow) return broken(facts.sequence, 'the words of the entry are missing');
  if (content !== null && salt !== null) {
    return hashContent(salt, content) === facts.contentHash
      ? undefined
      : broken(facts.sequence, 'the words of the entry were changed');
  }
  return erasures.has(`${erasedBy}/${facts.sequence}`)
    ? undefined
    : broken(facts.sequence, 'the words of the entry are gone, and no entry says that they were erased');
}

async function readHead(db: Executor, tenantId: string): Promise<Anchor> {
  const { rows } = await sql<Anchor>`
    select sequence, hash from journal_head where tenant_id = ${tenantId}`.execute(db);
  return rows[0] ?? { sequence: 0, hash: chainStart };
}

async function readPage(db: Executor, tenantId: string, after: number, upTo: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select entry.sequence, key, kind, at, noted_at as "notedAt", source, actor_kind as "actorKind", actor_id as "actorId",
      subjects, is_recovered as "isRecovered", content_hash as "contentHash", previous_hash as "previousHash", hash,
      salt, content, erased_by as "erasedBy", words.sequence is not null as "hasContentRow"
    from journal_entry entry
      left join journal_content words on words.tenant_id = entry.tenant_id and words.sequence = entry.sequence
        -- Said of the words too: otherwise each page is merged with all words from the first on.
        and words.sequence > ${after}
    where entry.tenant_id = ${tenantId} and entry.sequence > ${after} and entry.sequence <= ${upTo}
    order by entry.sequence limit ${PAGE}
  `.execute(db);
  return rows;
}

/** What the entries say that are named as the erasing ones: `erasing/erased`. They themselves are checked when the walk comes to them. */
async function readErasures(db: Executor, tenantId: string, page: readonly Row[]): Promise<Set<string>> {
  const named = [...new Set(page.flatMap(({ erasedBy }) => erasedBy ?? []))];
  if (named.length === 0) return new Set();
  const { rows } = await sql<{ by: number; erased: number }>`
    select entry.sequence as by, value::bigint as erased
    from journal_entry entry
      join journal_content words on words.tenant_id = entry.tenant_id and words.sequence = entry.sequence
      cross join jsonb_array_elements_text(words.content -> 'details' -> 'erased') as value
    where entry.tenant_id = ${tenantId} and entry.sequence = any(${named}::bigint[]) and entry.kind = 'ERASED'
  `.execute(db);
  return new Set(rows.map(({ by, erased }) => `${by}/${erased}`));
}

/** One statement sees entries and head as of one moment, so that what is appended meanwhile is no news. */
async function firstBeyondHead(db: Executor, tenantId: string): Promise<number | undefined> {
  const { rows } = await sql<{ sequence: number }>`
    select sequence from journal_entry
    where tenant_id = ${tenantId}
      and sequence > coalesce((select sequence from journal_head where tenant_id = ${tenantId}), 0)
    order by sequence limit 1
  `.execute(db);
  return rows[0]?.sequence;
}

function broken(brokenAt: number, reason: string): Problem {
  return { isIntact: false, brokenAt, reason };
}
