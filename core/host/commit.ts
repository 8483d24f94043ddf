import type { EnqueueInput, Queue } from '@switchboard/queue';
import type { Kysely, Transaction } from 'kysely';
import type { Changes, CrmWrite } from '../contract/index.ts';
import type { Blobs } from '../blobs/index.ts';
import type { CrmFiles } from '../crm/index.ts';
import { logNote } from '../deliveries/index.ts';
import type { Publish } from '../live/index.ts';
import type { Tables } from '../store/tables.ts';
import type { Announce } from './announce.ts';
import { applyFact } from './facts.ts';

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
  readonly publish: Publish;
}

/** Applies everything one step of a plugin changes in one transaction. */
export type Commit = (tenantId: string, pluginId: string, changes: Changes) => Promise<void>;

export function createCommit(deps: CommitDeps): Commit {
  const { db, queue, announce, stageWrites, stageFiles, keepBlob, publish } = deps;
  return async (tenantId, pluginId, changes) => {
    const { live = [], ...others } = changes;
    const { writes = [], events = [], jobs = [], store = [], notes = [], files = [], keeps = [] } = others;
    // One statement needs no transaction around it, and a ringing call is in a hurry.
    if (Object.values(others).every((list) => list.length === 0))
      return await publish(db, { tenantId, pluginId }, live);
    await db.transaction().execute(async (transaction) => {
      if (writes.length > 0) await stageWrites(transaction, tenantId, writes);
      if (files.length > 0) await stageFiles(transaction, { tenantId, owner: pluginId }, files);
      for (const keep of keeps) await keepBlob(transaction, { tenantId, owner: pluginId }, keep);
      for (const event of events) await announce(transaction, tenantId, event);
      const inputs = jobs.map((job): EnqueueInput => ({ ...job, tenantId, owner: pluginId }));
      if (inputs.length > 0) await queue.enqueueMany(inputs, { transaction });
      for (const change of store) await applyFact(transaction, { tenantId, pluginId }, change);
      for (const note of notes) await logNote(transaction, tenantId, pluginId, note);
      // Last: other commits that show something wait for this one from here on.
      await publish(transaction, { tenantId, pluginId }, live);
    });
  };
}
