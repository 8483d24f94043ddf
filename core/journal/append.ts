import { sql } from 'kysely';
import { chainStart } from '../audit/chain.ts';
import type { JournalInput } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { checkInput, hashFacts, type JournalFacts, sealContent, type SealedContent, subjectText } from './facts.ts';

/** An entry as it was added. */
export interface Appended extends JournalFacts {
  readonly sealed: SealedContent;
  readonly previousHash: string;
  readonly hash: string;
}

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Adds entries to a tenant's chain, inside the caller's transaction and towards its end: from here on others who append wait for it. What the
 * journal has already, by its key, is left out.
 *
 * @returns those that are new, in their order
 * @throws PayloadError for what no journal can hold
 */
export async function appendEntries(
  transaction: Executor,
  tenantId: string,
  inputs: readonly JournalInput[],
): Promise<Appended[]> {
  if (inputs.length === 0) return [];
  for (const input of inputs) checkInput(input);
  const byKey = new Map(inputs.toReversed().map((input) => [input.key, input]));
  const head = await lockHead(transaction, tenantId);
  // A statement of its own, which sees what those have committed for whom the first one waited.
  const known = await knownKeys(transaction, tenantId, [...byKey.keys()]);
  const fresh = inputs.filter((input) => byKey.get(input.key) === input && !known.has(input.key));
  const appended = chained(tenantId, head, fresh);
  if (appended.length > 0) await store(transaction, tenantId, appended);
  return appended;
}

function chained(tenantId: string, head: Head, inputs: readonly JournalInput[]): Appended[] {
  const notedAt = new Date();
  let previous = head;
  return inputs.map((input) => {
    const sealed = sealContent(input);
    const facts = {
      tenantId,
      sequence: previous.sequence + 1,
      key: input.key,
      kind: input.kind,
      at: input.at,
      notedAt,
      source: input.source,
      actorKind: input.actor.kind,
      actorId: input.actor.id?.toLowerCase() ?? null,
      subjects: [...new Set(input.subjects.map(subjectText))],
      isRecovered: input.isRecovered ?? false,
      contentHash: sealed.hash,
    };
    const hash = hashFacts(previous.hash, facts);
    const entry = { ...facts, sealed, previousHash: previous.hash, hash };
    previous = { sequence: facts.sequence, hash };
    return entry;
  });
}

async function lockHead(transaction: Executor, tenantId: string): Promise<Head> {
  const read = sql<Head>`${prepared}
    select sequence, hash from journal_head where tenant_id = ${tenantId} for update`;
  const [head] = (await read.execute(transaction)).rows;
  if (head !== undefined) return head;
  await sql`
    insert into journal_head (tenant_id, sequence, hash) values (${tenantId}, 0, ${chainStart}) on conflict do nothing
  `.execute(transaction);
  const [made] = (await read.execute(transaction)).rows;
  return made ?? { sequence: 0, hash: chainStart };
}

async function knownKeys(transaction: Executor, tenantId: string, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`${prepared}
    select key from journal_entry where tenant_id = ${tenantId} and key = any(${keys}::text[])
  `.execute(transaction);
  return new Set(rows.map(({ key }) => key));
}

async function store(transaction: Executor, tenantId: string, entries: readonly Appended[]): Promise<void> {
  const rows = entries.map(({ sealed, ...entry }) => ({ ...entry, salt: sealed.salt, content: sealed.content }));
  const last = entries.at(-1);
  await sql`${prepared}
    with row as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
        sequence bigint, key text, kind text, at timestamptz, "notedAt" timestamptz, source text, "actorKind" text,
        "actorId" uuid, subjects text[], "isRecovered" boolean, "contentHash" text, "previousHash" text, hash text,
        salt text, content jsonb)
    ), entry as (
      insert into journal_entry (tenant_id, sequence, key, kind, at, noted_at, source, actor_kind, actor_id, subjects,
        is_recovered, content_hash, previous_hash, hash)
      select ${tenantId}::uuid, sequence, key, kind, at, "notedAt", source, "actorKind", "actorId", subjects,
        "isRecovered", "contentHash", "previousHash", hash
      from row
    ), content as (
      insert into journal_content (tenant_id, sequence, salt, content)
      select ${tenantId}::uuid, sequence, salt, content from row
    )
    update journal_head set sequence = ${last?.sequence}, hash = ${last?.hash} where tenant_id = ${tenantId}
  `.execute(transaction);
}
