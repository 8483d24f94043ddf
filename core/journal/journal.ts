import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { JournalCheck, JournalInput, JournalReader } from '../contract/index.ts';
import { type CrmWrite, PayloadError } from '../contract/index.ts';
import type { Publish } from '../live/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { appendEntries, type Appended } from './append.ts';
import { copyOf, erasedCopy, isCopied } from './copy.ts';
import { eraseJournalOf } from './erase.ts';
import { listEntries, tallyEntries } from './read.ts';
import { journalNews } from './topic.ts';
import { type Anchor, type JournalVerdict, verifyJournal } from './verify.ts';

export interface Journal {
  /** The last but one step of a transaction, before what it shows live: entries, their copies for Twenty, and the news of them. */
  readonly append: (transaction: Executor, tenantId: string, inputs: readonly JournalInput[]) => Promise<void>;
  readonly reader: (tenantId: string) => JournalReader;
  /** Checks the chain, also against what it was at the last check, and puts down in the audit log what came of it. */
  readonly verify: (tenantId: string, options?: VerifyOptions) => Promise<JournalVerdict>;
  /** Takes the words out of all entries about a person. @returns how many there were */
  readonly erase: (tenantId: string, personId: string, reason: string, actor: string) => Promise<number>;
}

export interface VerifyOptions {
  readonly actor?: string;
  /** What was noted down elsewhere. */
  readonly anchors?: readonly Anchor[];
  readonly signal?: AbortSignal;
}

export interface JournalDeps {
  readonly db: Kysely<Tables>;
  readonly audit: AuditLog;
  readonly stageWrites: (transaction: Executor, tenantId: string, writes: readonly CrmWrite[]) => Promise<void>;
  readonly publish: Publish;
}

const checked = 'journal.verify';
const found = 'journal.broken';

export function createJournal(deps: JournalDeps): Journal {
  const { db, audit } = deps;
  const spread = async (transaction: Executor, tenantId: string, entries: readonly Appended[]): Promise<void> => {
    const copies = entries.filter(isCopied).map(copyOf);
    if (copies.length > 0) await deps.stageWrites(transaction, tenantId, copies);
    const news = journalNews(entries, Date.now());
    if (news.length > 0) await deps.publish(transaction, { tenantId, pluginId: 'core' }, news);
  };
  return {
    append: async (transaction, tenantId, inputs) =>
      await spread(transaction, tenantId, await appendEntries(transaction, tenantId, inputs)),
    reader: (tenantId) => ({
      list: async (filter, page) => await listEntries(db, tenantId, filter, page),
      tally: async (subjects) => await tallyEntries(db, tenantId, subjects),
      lastCheck: async () => await lastCheck(audit, tenantId),
    }),
    verify: async (tenantId, { actor = 'hub', anchors = [], signal } = {}) => {
      const known = await lastAnchor(audit, tenantId);
      const all = known === undefined ? anchors : [known, ...anchors];
      const verdict = await verifyJournal(db, tenantId, all, signal);
      await db.transaction().execute(async (transaction) => {
        await audit.append(transaction, { tenantId, actor, subject: 'journal', ...noteOf(verdict) });
      });
      return verdict;
    },
    erase: async (tenantId, personId, reason, actor) =>
      await db.transaction().execute(async (transaction) => {
        const { entries, keys } = await eraseJournalOf(transaction, tenantId, { personId, reason, now: new Date() });
        const details = { personId, entries: keys.length };
        await audit.append(transaction, { tenantId, actor, action: 'journal.erase', subject: 'journal', details });
        if (keys.length > 0) await deps.stageWrites(transaction, tenantId, keys.map(erasedCopy));
        await spread(transaction, tenantId, entries);
        return keys.length;
      }),
  };
}

function noteOf(verdict: JournalVerdict) {
  if (!verdict.isIntact) return { action: found, details: { brokenAt: verdict.brokenAt, reason: verdict.reason } };
  return { action: checked, details: { sequence: verdict.entries, hash: verdict.hash } };
}

/** Where the last good check ended: the audit log is a chain of its own. */
async function lastAnchor(audit: AuditLog, tenantId: string): Promise<Anchor | undefined> {
  const [last] = await audit.list({ tenantId, action: checked, limit: 1 });
  const { sequence, hash } = last?.details ?? {};
  return typeof sequence === 'number' && sequence > 0 && typeof hash === 'string' ? { sequence, hash } : undefined;
}

async function lastCheck(audit: AuditLog, tenantId: string): Promise<JournalCheck | undefined> {
  const all = await Promise.all(
    [checked, found].map(async (action) => await audit.list({ tenantId, action, limit: 1 })),
  );
  const last = all.flat().toSorted((one, other) => other.sequence - one.sequence)[0];
  if (last === undefined) return undefined;
  const isIntact = last.action === checked;
  const upTo = isIntact ? Number(last.details['sequence']) : Number(last.details['brokenAt']) - 1;
  return { at: last.at, upTo, isIntact };
}

/** `1234:9f86d0…`, as `journal verify` prints it. @throws PayloadError for anything else */
export function readAnchor(text: string): Anchor {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new PayloadError(`"${text}" is no anchor`, {
      field: 'anchor',
      remedy: 'Give the number and the hash as an earlier check has printed them, such as 1234:9f86d0….',
    });
  }
  return { sequence: Number(sequence), hash };
}
