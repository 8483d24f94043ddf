import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Clock } from '../../../contract/context.ts';
import type { Executor } from '../../../store/database.ts';
import { isOneSlip } from './slip.ts';

/** The words that the records of a tenant hold, for what is typed as none of them begins. */
export interface Vocabulary {
  /**
   * Words that hold the typed one in their middle, or differ from it by one slip; the most alike first. None while they are still being collected,
   * which takes a moment after the start.
   */
  readonly near: (tenantId: string, typed: string) => Promise<readonly string[]>;
}

/** Records that are newer are found all the same, only not by a slip or from the middle of their words. */
const freshMs = 5 * 60_000;
/** What whoever types is kept waiting at most. */
const patienceMs = 50;
/** Tenants whose words are held in memory: about a megabyte each with 100,000 people. */
const mostTenants = 50;
const mostNear = 40;

type Kept = { readonly words: readonly string[]; readonly at: number };

/**
 * Collected from the index of words and held in memory by each process, because then a write into the mirror costs nothing for it: an index of all
 * three-letter parts makes each write twice as dear and needs an extension of PostgreSQL.
 */
export function createVocabulary(db: Executor, clock: Clock): Vocabulary {
  const kept = new Map<string, Kept>();
  const collecting = new Map<string, Promise<void>>();

  async function collect(tenantId: string): Promise<void> {
    const words = await readWords(db, tenantId);
    kept.delete(tenantId);
    kept.set(tenantId, { words, at: clock.now() });
    const [oldest] = kept.keys();
    if (kept.size > mostTenants && oldest !== undefined) kept.delete(oldest);
  }

  /** One at a time per tenant. What fails is tried again by the next search. */
  function begin(tenantId: string): Promise<void> {
    const running =
      collecting.get(tenantId) ??
      collect(tenantId)
        .catch(() => undefined)
        .finally(() => collecting.delete(tenantId));
    collecting.set(tenantId, running);
    return running;
  }

  return {
    async near(tenantId, typed) {
      const held = kept.get(tenantId);
      if (held === undefined) await Promise.race([begin(tenantId), delay(patienceMs, undefined, { ref: false })]);
      else if (clock.now() - held.at > freshMs) void begin(tenantId);
      return nearest(kept.get(tenantId)?.words ?? [], typed);
    },
  };
}

/** Words with digits are numbers of something: with a slip in it a number is another one. */
async function readWords(db: Executor, tenantId: string): Promise<string[]> {
  const records = `select words from crm_record where words is not null and deleted_at is null and tenant_id = '${tenantId}'`;
  const { rows } = await sql<{ word: string }>`
    select word from ts_stat(${records}) where word !~ '[=0-9]' and length(word) > 2
  `.execute(db);
  return rows.map(({ word }) => word);
}

function nearest(words: readonly string[], typed: string): string[] {
  const holding = words.filter((word) => word.indexOf(typed) > 0).toSorted((one, other) => one.length - other.length);
  const slipped = typed.length < 4 ? [] : words.filter((word) => !word.startsWith(typed) && isOneSlip(typed, word));
  return [...new Set([...slipped.slice(0, mostNear / 2), ...holding])].slice(0, mostNear);
}
