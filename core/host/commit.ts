import type { EnqueueInput, Queue } from '@switchboard/queue';
import type { Kysely, Transaction } from 'kysely';
import type { Changes, CrmWrite, PlainChanges, PluginTables } from '../contract/index.ts';
import type { AuditLog } from '../audit/index.ts';
import type { Blobs } from '../blobs/index.ts';
import type { CrmFiles } from '../crm/index.ts';
import { logNote } from '../deliveries/index.ts';
import type { Publish } from '../live/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Tables } from '../store/tables.ts';
import type { Announce } from './announce.ts';
import { applyFacts } from './facts.ts';
import { createPluginTables } from './plugin-tables.ts';
import { createTogether } from '../store/together.ts';
import { changeVault } from './vault.ts';

/** Puts a tenant's CRM writes into the outbox, inside the caller's transaction. */
export type StageWrites = (
  transaction: Transaction<Tables>,
  tenantId: string,
  writes: readonly CrmWrite[],
) => Promise<void>;

interface CommitDeps {
  readonly db: Kysely<Tables>;
  readonly queue: Queue;
  readonly announce: Announce;
  readonly stageWrites: StageWrites;
  readonly stageFiles: CrmFiles['stage'];
  readonly keepBlob: Blobs['keep'];
  readonly noteInAudit: AuditLog['append'];
  readonly noteInJournal: Journal['append'];
  readonly publish: Publish;
  readonly secrets: Secrets;
}

/** Applies everything one step of a plugin changes in one transaction. */
export type Commit = (tenantId: string, pluginId: string, changes: Changes) => Promise<void>;

interface Owner {
  readonly tenantId: string;
  readonly pluginId: string;
}

/** A transaction stays short: others wait for its rows. */
const MOST_TOGETHER = 50;

export function createCommit(deps: CommitDeps): Commit {
  const { db, queue, announce, stageWrites, stageFiles, keepBlob, noteInAudit, noteInJournal, publish, secrets } = deps;

  async function apply(owner: Owner, changes: Changes): Promise<void> {
    const { tenantId, pluginId } = owner;
    // One statement needs no transaction around it, and a ringing call is in a hurry.
    if (isOnlyLive(changes)) return await publish(db, owner, changes.live ?? []);
    await db.transaction().execute(async (transaction) => {
      const all = await withRows(changes, createPluginTables(transaction, owner));
      const { writes = [], events = [], jobs = [], store = [], notes = [], files = [], keeps = [] } = all;
      if (writes.length > 0) await stageWrites(transaction, tenantId, writes);
      if (files.length > 0) await stageFiles(transaction, { tenantId, owner: pluginId }, files);
      for (const keep of keeps) await keepBlob(transaction, { tenantId, owner: pluginId }, keep);
      if (events.length > 0) await announce(transaction, tenantId, events);
      const inputs = jobs.map((job): EnqueueInput => ({ ...job, tenantId, owner: pluginId }));
      if (inputs.length > 0) await queue.enqueueMany(inputs, { transaction });
      if (store.length > 0) await applyFacts(transaction, owner, store);
      await changeVault(secrets, transaction, owner, all.vault ?? []);
      for (const note of notes) await logNote(transaction, tenantId, pluginId, note);
      for (const note of all.audit ?? []) await noteInAudit(transaction, { tenantId, ...note });
      await noteInJournal(transaction, tenantId, all.journal ?? []);
      // Last: other commits that show something wait for this one from here on.
      await publish(transaction, owner, all.live ?? []);
    });
  }

  // A transaction for many costs little more than one: ten calls that ring in the same moment are one flush of the disk.
  const together = createTogether<{ readonly owner: Owner; readonly changes: PlainChanges }>(async (items) => {
    const [first] = items;
    if (first !== undefined) await apply(first.owner, concat(items.map(({ changes }) => changes)));
    return items.map(() => {});
  }, MOST_TOGETHER);

  return async (tenantId, pluginId, { rows, ...changes }) => {
    const owner = { tenantId, pluginId };
    // What is decided on rows that are read meanwhile is decided alone.
    if (rows !== undefined) return await apply(owner, { rows, ...changes });
    const hurry = (changes.live ?? []).length > 0 ? 'live' : 'calm';
    await together(JSON.stringify([hurry, tenantId, pluginId]), { owner, changes });
  };
}

function isOnlyLive({ rows, ...changes }: Changes): boolean {
  return rows === undefined && Object.entries(changes).every(([name, list]) => name === 'live' || list.length === 0);
}

/** The changes together with those that follow from the plugin's own rows. */
async function withRows({ rows, ...known }: Changes, tables: PluginTables): Promise<PlainChanges> {
  const following = await rows?.(tables);
  return following === undefined ? known : concat([known, following]);
}

function concat(all: readonly PlainChanges[]): PlainChanges {
  const names = new Set(all.flatMap((one) => Object.keys(one))) as Set<keyof PlainChanges>;
  return Object.fromEntries([...names].map((name) => [name, all.flatMap((one): unknown[] => [...(one[name] ?? [])])]));
}
