import type pg from 'pg';

import type { BackendConfig } from './bullmq/backend.ts';
import type { Log, Queue } from './queue.ts';

/** Folder of the SQL migrations of the queue's tables; apply them before `createQueue`. */
export const queueMigrations = new URL('./migrations/', import.meta.url);

export interface QueueOptions {
  /** Of the hub's database, `search_path` set. The queue holds one connection of it for LISTEN and never ends it. */
  readonly pool: pg.Pool;
  readonly backend: BackendConfig;
  /** Prefix of the BullMQ queues' names, for several hubs on one Redis; `switchboard` unless told. */
  readonly name?: string;
  readonly log: Log;
  /** Days that finished jobs are kept; 30 unless told. */
  readonly keepDays?: number;
}

export declare function createQueue(options: QueueOptions): Promise<Queue>;
