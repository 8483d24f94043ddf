import type { Executor } from '../store/database.ts';
import { chainStart, hashEntry } from './chain.ts';
import type { AuditFacts } from './chain.ts';

export interface AuditEntry extends AuditFacts {
  readonly hash: string;
}

export interface NewAuditEntry {
  /** Undefined: it concerns the hub, not a tenant. */
  readonly tenantId?: string | undefined;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** What changed. Never secrets, never customers' data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditFilter {
  /** Undefined: the hub's own chain. */
  readonly tenantId?: string | undefined;
  readonly action?: string;
  readonly actor?: string;
  readonly subject?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Entries older than this sequence number: the last one of the page before. */
  readonly before?: number;
  /** Default 100, at most 1000. */
  readonly limit?: number;
}

/** `brokenAt` is the sequence number of the first entry that is not as it was written. */
export type AuditVerdict =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly brokenAt: number; readonly reason: string };

export interface AuditLog {
  /** Inside the caller's transaction: what is not committed is not in the log. Others who append to the same chain wait for it. */
  readonly append: (transaction: Executor, entry: NewAuditEntry) => Promise<void>;
  /** Newest first. */
  readonly list: (filter: AuditFilter) => Promise<AuditEntry[]>;
  readonly verify: (tenantId?: string) => Promise<AuditVerdict>;
}

const hubChain = 'hub';

export function createAuditLog(db: Executor): AuditLog {
  return {
    append: appendEntry,
    list: (filter) => listEntries(db, filter),
    verify: (tenantId = hubChain) => verifyChain(db, tenantId),
  };
}

async function appendEntry(transaction: Executor, { tenantId, details = {}, ...entry }: NewAuditEntry): Promise<void> {
  const chain = tenantId ?? hubChain;
  const head = await lockHead(transaction, chain);
  // Through JSON once, so that the hash covers what the database will give back.
  const stored = JSON.stringify(details);
  const facts = {
    ...entry,
    chain,
    sequence: head.sequence + 1,
    at: new Date(),
    details: JSON.parse(stored) as Record<string, unknown>,
  };
  const hash = hashEntry(head.hash, facts);
  await transaction
    .insertInto('audit_entry')
    .values({ ...facts, details: stored, previous_hash: head.hash, hash })
    .execute();
  await transaction
    .updateTable('audit_head')
    .set({ sequence: facts.sequence, hash })
    .where('chain', '=', chain)
    .execute();
}

async function lockHead(transaction: Executor, chain: string): Promise<{ sequence: number; hash: string }> {
  await transaction
    .insertInto('audit_head')
    .values({ chain, sequence: 0, hash: chainStart })
    .onConflict((conflict) => conflict.column('chain').doNothing())
    .execute();
  return transaction
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('chain', '=', chain)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

async function listEntries(db: Executor, filter: AuditFilter): Promise<AuditEntry[]> {
  const { tenantId = hubChain, action, actor, subject, from, to, before, limit = 100 } = filter;
  let query = db.selectFrom('audit_entry').select(columns).where('chain', '=', tenantId);
  if (action !== undefined) query = query.where('action', '=', action);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (before !== undefined) query = query.where('sequence', '<', before);
  return query.orderBy('sequence', 'desc').limit(Math.min(limit, 1000)).execute();
}

const columns = ['chain', 'sequence', 'at', 'actor', 'action', 'subject', 'details', 'hash'] as const;

const pageSize = 1000;

/** Reads page by page, because a chain grows for years. */
async function verifyChain(db: Executor, chain: string): Promise<AuditVerdict> {
  // Read first: entries appended while we walk lie beyond it and are none of its business.
  const head = await db
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('chain', '=', chain)
    .executeTakeFirst();
  const last = head ?? { sequence: 0, hash: chainStart };
  let previous = { sequence: 0, hash: chainStart };
  while (previous.sequence < last.sequence) {
    const page = await db
      .selectFrom('audit_entry')
      .select([...columns, 'previous_hash'])
      .where('chain', '=', chain)
      .where('sequence', '>', previous.sequence)
      .where('sequence', '<=', last.sequence)
      .orderBy('sequence')
      .limit(pageSize)
      .execute();
    if (page.length === 0) return broken(previous.sequence + 1, 'entries are missing at the end');
    for (const entry of page) {
      if (entry.sequence !== previous.sequence + 1) return broken(previous.sequence + 1, 'an entry is missing');
      const { hash, previous_hash, ...facts } = entry;
      if (previous_hash !== previous.hash || hash !== hashEntry(previous.hash, facts)) {
        return broken(entry.sequence, 'the entry was changed');
      }
      previous = entry;
    }
  }
  if (previous.hash !== last.hash) return broken(last.sequence, 'the newest entry is not the one that was written');
  if (head === undefined && (await hasEntries(db, chain))) return broken(1, 'the head of the chain is missing');
  return { intact: true, entries: last.sequence };
}

async function hasEntries(db: Executor, chain: string): Promise<boolean> {
  const first = await db
    .selectFrom('audit_entry')
    .select('sequence')
    .where('chain', '=', chain)
    .limit(1)
    .executeTakeFirst();
  return first !== undefined;
}

function broken(brokenAt: number, reason: string): AuditVerdict {
  return { intact: false, brokenAt, reason };
}
