import type { BackendHealth } from '../stats.ts';
import type { Lane } from '../job-type.ts';
import { lanes } from '../job-type.ts';
import type { Log } from '../queue.ts';
import { ticketName } from '../sql/dispatch.ts';
import type { Ticket } from '../sql/dispatch.ts';
import type { BullConnection, BullQueue, BullWorker, Process, Tick } from './connection.ts';
import { connectPostgres } from './postgres.ts';
import { connectRedis } from './redis.ts';

/**
 * Where BullMQ keeps its short queue.
 * - `postgres`: in the hub's own database, in a schema of its own (`bullmq` unless told), created and migrated at start
 * - `redis`: `redis://`, `rediss://` (TLS); Sentinel `redis+sentinel://host:26379,host:26379/0?master=name`;
 *   Cluster `redis+cluster://host:6379,host:6379`; `rediss+sentinel`, `rediss+cluster` with TLS
 */
export type BackendConfig =
  | { readonly kind: 'postgres'; readonly connectionString: string; readonly schema?: string }
  | { readonly kind: 'redis'; readonly url: string };

/** One BullMQ queue per lane, so that no lane can take another's slots, and one for the clock. */
export interface Backend {
  readonly add: (lane: Lane, tickets: readonly Ticket[]) => Promise<void>;
  /** True while BullMQ will still hand the ticket to a worker. */
  readonly holds: (lane: Lane, ticket: Ticket) => Promise<boolean>;
  readonly startLane: (lane: Lane, slots: number, process: Process<Ticket>) => BullWorker;
  readonly clock: BullQueue<Tick>;
  readonly startClock: (process: Process<Tick>) => BullWorker;
  readonly health: () => Promise<BackendHealth>;
  readonly close: () => Promise<void>;
}

export interface BackendOptions {
  readonly config: BackendConfig;
  readonly name: string;
  /** Where the hub's tables are: hubs in several schemas of one database share BullMQ's schema. */
  readonly hubSchema: string;
  readonly log: Log;
}

export function openBackend({ config, name, hubSchema, log }: BackendOptions): Backend {
  const connection =
    config.kind === 'postgres'
      ? connectPostgres(config.connectionString, config.schema ?? 'bullmq', log)
      : connectRedis(config.url, name, log);
  const queueName = (part: Lane | 'clock') =>
    config.kind === 'postgres' ? `${name}-${hubSchema}-${part}` : `${name}-${part}`;
  const queues = openLanes((lane) => connection.openQueue<Ticket>(queueName(lane)));
  const clock = connection.openQueue<Tick>(queueName('clock'));
  return {
    add: async (lane, tickets) => {
      await inTime(queues[lane].addBulk(tickets.map(toBulkJob)), 'adding jobs');
    },
    holds: async (lane, ticket) => {
      const state = await inTime(queues[lane].getJobState(ticketName(ticket)), 'looking for a job');
      return state === 'waiting' || state === 'delayed' || state === 'prioritized';
    },
    startLane: (lane, slots, process) => connection.startWorker(queueName(lane), slots, process),
    clock,
    startClock: (process) => connection.startWorker(queueName('clock'), 1, process),
    health: () => checkHealth(connection, queues.normal),
    close: async () => {
      await Promise.allSettled([...lanes.map((lane) => queues[lane]), clock].map((queue) => queue.close()));
      await connection.close();
    },
  };
}

const openLanes = <Queue>(open: (lane: Lane) => Queue): Record<Lane, Queue> => ({
  live: open('live'),
  normal: open('normal'),
  bulk: open('bulk'),
});

const toBulkJob = ({ id, ticket }: Ticket) => ({
  name: 'run',
  data: { id, ticket },
  // The size guards the rule that payloads stay in the row. What is over is removed by its id; told to the worker alone, by a search (bullmq 6.7.0).
  opts: { jobId: ticketName({ id, ticket }), sizeLimit: 200, removeOnComplete: true, removeOnFail: true },
});

async function checkHealth({ kind }: BullConnection, queue: BullQueue<Ticket>): Promise<BackendHealth> {
  try {
    await inTime(queue.getWaitingCount(), 'an answer');
    return { kind, ok: true, detail: '' };
  } catch (error) {
    return { kind, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const patienceMs = 5000;

/** A queue that was never connected makes its callers wait without limit. */
async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`BullMQ's backend: ${what} took more than ${patienceMs} ms`)),
      patienceMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
