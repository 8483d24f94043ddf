import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testRedis, waitFor } from '@switchboard/testing';
import { Redis } from 'ioredis';

import { describeQueue } from './conformance/index.ts';
import { note, openQueueUnderTest } from './support.ts';

const server = await testRedis();

if (server.url === undefined) {
  test.skip(`queue on Redis: ${server.reason}`, () => {
    expect(server.url).toBeDefined();
  });
} else {
  const { url, kill, start, close } = server;
  const backend = () => ({ kind: 'redis', url }) as const;
  afterAll(close);

  describeQueue('Redis', backend);

  describe('queue when Redis fails', () => {
    const untilAllDone = async (it: Awaited<ReturnType<typeof openQueueUnderTest>>, count: number) =>
      waitFor(
        `${count} jobs to be done`,
        async () => {
          const { rows } = await it.database.pool.query("select from job where state = 'done'");
          return rows.length === count;
        },
        50_000,
      );

    const redis = new Redis(url, { lazyConnect: true });
    beforeAll(() => redis.connect());
    afterAll(() => redis.disconnect());

    test('jobs that a flush wiped out of Redis run all the same', async () => {
      const it = await openQueueUnderTest(backend);
      try {
        const hold = Promise.withResolvers<void>();
        const work = await it.work(() => hold.promise, { concurrency: { normal: 2 } });
        const tenants = ['a', 'b', 'c', 'd', 'e'];
        const jobs = await it.queue.enqueueMany(tenants.map((tenantId) => ({ ...note('x'), tenantId })));
        const count = async (state: string) =>
          (await it.queue.stats()).counts.find((entry) => entry.state === state)?.count ?? 0;
        await waitFor(
          'two to run and two to be queued',
          async () => (await count('running')) + (await count('queued')) > 3,
        );
        await redis.flushall();
        hold.resolve();
        await untilAllDone(it, 5);
        expect(jobs.map(({ id }) => work.kinds(id))).toEqual(jobs.map(() => ['done']));
      } finally {
        await it.close();
      }
    }, 90_000);

    test('enqueueing needs no Redis, and the jobs run when it is back', async () => {
      const it = await openQueueUnderTest(backend);
      try {
        const work = await it.work(() => {});
        await kill();
        const jobs = await it.queue.enqueueMany([note('1'), note('2'), note('3')]);
        expect((await it.queue.stats()).backend.ok).toBe(false);
        await start();
        await untilAllDone(it, 3);
        expect(jobs.map(({ id }) => work.kinds(id))).toEqual(jobs.map(() => ['done']));
      } finally {
        await it.close();
      }
    }, 90_000);
  });
}
