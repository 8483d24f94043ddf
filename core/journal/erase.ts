import { sql } from 'kysely';
import type { JournalInput } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { appendEntries, type Appended } from './append.ts';

export interface Erasure {
  readonly personId: string;
  /** Who asked for it, as the journal is to say. */
  readonly reason: string;
  readonly now: Date;
}

export interface Erased {
  readonly entries: readonly Appended[];
  /** Keys of the entries whose words are gone now. */
  readonly keys: readonly string[];
}

/** One entry names at most that many: the check holds it in memory. */
const MOST_AT_ONCE = 1000;

/**
 * Takes the words out of every entry about a person, about the calls and messages with that person, and about their cases, with the members' words in
 * them. That something happened, when and of what kind stays, and the chain with it; an entry says that the words were erased, and of which entries.
 */
export async function eraseJournalOf(transaction: Executor, tenantId: string, erasure: Erasure): Promise<Erased> {
  const found = await findEntries(transaction, tenantId, erasure.personId.toLowerCase());
  const entries: Appended[] = [];
  for (let start = 0; start < found.length; start += MOST_AT_ONCE) {
    const sequences = found.slice(start, start + MOST_AT_ONCE).map(({ sequence }) => sequence);
    const [entry] = await appendEntries(transaction, tenantId, [entryOf(erasure, sequences)]);
    if (entry === undefined) continue;
    entries.push(entry);
    await sql`
      update journal_content set salt = null, content = null, erased_by = ${entry.sequence}
      where tenant_id = ${tenantId} and sequence = any(${sequences}::bigint[]) and content is not null
    `.execute(transaction);
  }
  return { entries, keys: found.map(({ key }) => key) };
}

function entryOf({ personId, reason, now }: Erasure, sequences: readonly number[]): JournalInput {
  return {
    key: `erase:${personId}:${sequences[0]}-${sequences.at(-1)}:${sequences.length}`,
    kind: 'ERASED',
    at: now,
    actor: { kind: 'SYSTEM', name: 'Operator' },
    source: 'hub',
    subjects: [{ object: 'person', id: personId }],
    text: reason,
    details: { erased: sequences },
  };
}

/** Records of a person as the mirror has them, deleted ones too. */
async function findEntries(
  db: Executor,
  tenantId: string,
  personId: string,
): Promise<{ readonly sequence: number; readonly key: string }[]> {
  const { rows } = await sql<{ sequence: number; key: string }>`
    with subject as (
      select ${`person/${personId}`} as name
      union all
      select object || '/' || id from crm_record
      where tenant_id = ${tenantId} and object in ('phoneCall', 'caseMessage', 'serviceCase')
        and data ->> 'personId' = ${personId}
    )
    select sequence, key from journal_entry
    where tenant_id = ${tenantId} and subjects && (select array_agg(name) from subject) and kind <> 'ERASED'
      and exists (
        select from journal_content words
        where words.tenant_id = journal_entry.tenant_id and words.sequence = journal_entry.sequence
          and words.content is not null
      )
    order by sequence
  `.execute(db);
  return rows;
}
