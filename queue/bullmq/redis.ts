import { Queue, Worker } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import type { Log } from '../queue.ts';
import type { BullConnection } from './connection.ts';
import { listenForErrors, toProcessor, workerSettings } from './connection.ts';
import { parseRedisUrl } from './redis-url.ts';
import type { RedisTarget } from './redis-url.ts';

/** While Redis is down an add fails at once instead of hanging: the row goes back and is dispatched again later. */
const producerOptions = { enableOfflineQueue: false, maxRetriesPerRequest: 1 };

/** A worker waits for Redis as long as it takes. */
const workerOptions = { enableOfflineQueue: true, maxRetriesPerRequest: null };

/** @param name in braces it is the hash tag that keeps all keys on one node of a Cluster */
export function connectRedis(url: string, name: string, log: Log): BullConnection {
  const target = parseRedisUrl(url);
  const prefix = `{${name}}`;
  const producer = listenForErrors(open(target, producerOptions), 'producer', log);
  const consumer = listenForErrors(open(target, workerOptions), 'consumer', log);
  return {
    kind: 'redis',
    openQueue: (queue) => listenForErrors(new Queue(queue, { connection: producer, prefix }), queue, log),
    startWorker: (queue, concurrency, process) =>
      listenForErrors(
        new Worker(queue, toProcessor(process), { connection: consumer, prefix, concurrency, ...workerSettings }),
        queue,
        log,
      ),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

function open(target: RedisTarget, options: typeof producerOptions | typeof workerOptions): Redis | Cluster {
  if (target.mode === 'single') return new Redis({ ...target.options, ...options });
  const { enableOfflineQueue, maxRetriesPerRequest } = options;
  return new Cluster([...target.nodes], {
    enableOfflineQueue,
    redisOptions: { ...target.options, maxRetriesPerRequest },
  });
}
