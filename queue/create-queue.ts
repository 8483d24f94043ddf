import { sql } from 'kysely';
import type { Selectable } from 'kysely';

import { openBackend } from './bullmq/backend.ts';
import type { BackendConfig } from './bullmq/backend.ts';
import { startClock } from './clock.ts';
import { isUuid, openTables, scheduleChannel, tenantColumn, wakeChannel } from './database.ts';
import type { Db, JobRow, QueueDatabase } from './database.ts';
import { createDeadLetters } from './dead-letters.ts';
import { toNewJob } from './enqueue.ts';
import { InvalidJobError } from './errors.ts';
import { createOpenJobs } from './open-jobs.ts';
import type { EnqueueInput, EnqueueOptions, Log, Queue, QueueWorker } from './queue.ts';
import { readBacklog } from './read-backlog.ts';
import { readStats } from './read-stats.ts';
import { createSchedules } from './schedules.ts';
import { toJob } from './sql/claim.ts';
import { insertJobs } from './sql/insert.ts';
import { pause, resume } from './sql/settle.ts';
import { startWorker } from './worker.ts';

/** Folder of the SQL migrations of the queue's tables: they are applied before `createQueue`. */
export const queueMigrations = new URL('./migrations/', import.meta.url);

export interface QueueOptions {
  /** The hub's database, migrated. It stays open when the queue closes. */
  readonly database: QueueDatabase;
  readonly backend: BackendConfig;
  /** Keeps several hubs on one Redis apart; `switchboard` unless told. */
  readonly name?: string;
  readonly log: Log;
  /** Days that finished jobs are kept; 30 unless told. */
  readonly keepDays?: number;
  /** Days that the keys of `forever` jobs are kept after that; 400 unless told. */
  readonly keepKeyDays?: number;
}

/** Opens the queue for enqueueing and looking; `work` makes this process run jobs. */
export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { database, log, keepDays = 30, keepKeyDays = 400, name = 'switchboard' } = options;
  const db = openTables(database.pool);
  const hubSchema = await readSchema(db);
  const backend = openBackend({ config: options.backend, name, hubSchema, log });
  const hear = (channel: string) => (wake: () => void) =>
    database.listen(channel, (schema) => schema === hubSchema && wake(), wake);
  let worker: Promise<QueueWorker> | undefined;

  const enqueueMany = async (inputs: readonly EnqueueInput[], { transaction = db }: EnqueueOptions = {}) =>
    insertJobs(transaction, inputs.map(toNewJob));

  return {
    enqueue: async (input, enqueueOptions) => (await enqueueMany([input], enqueueOptions))[0]!,
    enqueueMany,
    get: async (id) => {
      if (!isUuid(id)) return undefined;
      const { rows } = await sql<Selectable<JobRow>>`select * from job where id = ${id}`.execute(db);
      return rows[0] && toJob(rows[0]);
    },
    work: (work) => {
      if (worker !== undefined) throw new InvalidJobError('this queue has its worker already');
      worker = startWorker({
        db,
        backend,
        log,
        keepDays,
        keepKeyDays,
        work,
        onWake: hear(wakeChannel),
        onReschedule: hear(scheduleChannel),
        startClock: () => startClock({ db, backend, log }),
      });
      return worker;
    },
    ...createSchedules(db),
    deadLetters: createDeadLetters(db),
    openJobs: createOpenJobs(db),
    stats: () => readStats(db, backend),
    backlog: (tenantId) => readBacklog(db, tenantColumn(tenantId)),
    pause: (owner, tenantId, reason = 'paused') => pause(db, owner, tenantColumn(tenantId), reason),
    resume: (owner, tenantId) => resume(db, owner, tenantColumn(tenantId)),
    close: async (closeOptions) => {
      await (await worker)?.close(closeOptions);
      await backend.close();
    },
  };
}

async function readSchema(db: Db): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  const schema = rows[0]?.schema;
  if (!schema) throw new InvalidJobError('the search_path of the database names no schema that exists');
  return schema;
}
