import { afterAll, afterEach, expect, test } from '@jest/globals';
import { testRedis, waitFor } from '@switchboard/testing';
import { countCalls, postCall } from '../calls.ts';
import { type HubProcess, startHubProcess } from '../hub-process.ts';
import { setStage, type Stage } from '../stage.ts';

const CALLS = 500;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
}, 60_000);

async function stageWith(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const stage = await setStage(env);
  closers.push(stage.close);
  return stage;
}

async function start(role: 'all' | 'web' | 'worker', stage: Stage): Promise<HubProcess> {
  const hub = await startHubProcess(role, stage.env);
  closers.push(hub.kill);
  return hub;
}

/** Posts all calls, some at a time, and calls back once half of them are taken. */
async function postAll(stage: Stage, atHalf: () => Promise<void>): Promise<void> {
  const waiting = Array.from({ length: CALLS }, (_, index) => index);
  let taken = 0;
  let half: Promise<void> | undefined;
  const poster = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      await postCall(stage, index);
      taken += 1;
      if (taken === CALLS / 2) half = atHalf();
    }
  };
  await Promise.all(Array.from({ length: 8 }, poster));
  await half;
}

async function expectEveryCallOnce(stage: Stage): Promise<void> {
  await waitFor(
    'every call to stand in the CRM',
    async () => (await countCalls(stage.crm)).different === CALLS,
    240_000,
  );
  expect(await countCalls(stage.crm)).toEqual({ records: CALLS, different: CALLS });
}

test('a hub killed in the middle of 500 posts loses none and doubles none', async () => {
  const stage = await stageWith();
  const hub = await start('all', stage);
  await stage.provision();
  await postAll(stage, async () => {
    await hub.kill();
    await start('all', stage);
  });
  await expectEveryCallOnce(stage);
  const { body } = await stage.api('GET', '/tenants/acme/deliveries?limit=500');
  expect((body as { deliveries: { result: string }[] }).deliveries.filter(({ result }) => result !== 'done')).toEqual(
    [],
  );
}, 420_000);

const redis = await testRedis();
const withRedis = redis.url === undefined ? test.skip : test;
const reason = redis.url === undefined ? ` (skipped: ${redis.reason})` : '';
afterAll(async () => {
  if (redis.url !== undefined) await redis.close();
});

withRedis(
  `a worker on Redis killed in the middle of 500 posts loses none and doubles none${reason}`,
  async () => {
    const stage = await stageWith({ REDIS_URL: redis.url ?? '' });
    await start('web', stage);
    const worker = await start('worker', stage);
    await stage.provision();
    await postAll(stage, async () => {
      await worker.kill();
      await start('worker', stage);
    });
    await expectEveryCallOnce(stage);
  },
  420_000,
);

test('the same post twice, and once more after a restart, is one record', async () => {
  const stage = await stageWith();
  const hub = await start('all', stage);
  await stage.provision();
  await Promise.all([postCall(stage, 1), postCall(stage, 1)]);
  expect(await hub.stop()).toBe(0);
  await start('all', stage);
  await postCall(stage, 1);
  await waitFor('the call to stand in the CRM', async () => (await countCalls(stage.crm)).records > 0);
  const { body } = await stage.api('GET', '/tenants/acme/deliveries');
  expect((body as { deliveries: unknown[] }).deliveries).toHaveLength(1);
  expect(await countCalls(stage.crm)).toEqual({ records: 1, different: 1 });
}, 240_000);
