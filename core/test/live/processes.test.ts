import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { live } from '../../contract/index.ts';
import { type ItemChange, openLive } from '../../live/client/index.ts';
import { rings } from './desk.ts';
import { openStage, type Stage } from './stage.ts';

interface Ring {
  readonly from: string;
  readonly step: number;
}

interface Process {
  readonly url: string;
  readonly kill: () => void;
}

let stage: Stage;
let processes: Process[];
const children: ChildProcess[] = [];

async function startProcess(): Promise<Process> {
  const child = fork(join(import.meta.dirname, 'fixtures/web-process.ts'), [stage.database.url], { execArgv: [] });
  children.push(child);
  const [url] = (await once(child, 'message')) as [string];
  return { url, kill: () => void child.kill('SIGKILL') };
}

beforeAll(async () => {
  stage = await openStage();
  processes = await Promise.all([startProcess(), startProcess(), startProcess()]);
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stage.close();
});

/** Sends each attempt to the process that is on at the moment, as a load balancer would. */
function followThrough(address: () => string, tenantId: string, onChange: (changes: readonly ItemChange[]) => void) {
  return openLive<{ rings: Ring }>({
    url: 'http://hub.invalid/live/v1',
    topics: ['rings'],
    headers: () => ({ authorization: `Bearer ${tenantId} ada phoneCall` }),
    onChange,
    fetch: async (target, init) => await fetch(`${address()}${new URL(target as string).search}`, init),
  });
}

test('processes are killed under a browser while calls ring: it loses nothing and hears nothing twice', async () => {
  const tenantId = await stage.newTenant();
  const current = (): Process => processes[0] as Process;
  const steps = new Map<string, number[]>();
  const client = followThrough(
    () => current().url,
    tenantId,
    (changes) => {
      for (const { key, data } of changes) steps.set(key, [...(steps.get(key) ?? []), data ? (data as Ring).step : -1]);
    },
  );
  try {
    for (let step = 1; step <= 60; step += 1) {
      await stage.show(
        tenantId,
        live(rings, `call-${step}`, { from: 'Ann', step: 0 }),
        live(rings, `call-${step % 7}`, { from: 'Bob', step }),
        live(rings, `call-${step - 10}`, undefined),
      );
      if (step % 25 === 0) processes.shift()?.kill();
      await delay(10);
    }
    await stage.show(tenantId, live(rings, 'last', { from: 'Zoe', step: 61 }));
    await waitFor('the last call', () => client.items('rings').has('last'));
    const { rows } = await stage.database.pool.query<{ key: string; data: Ring }>(
      `select key, data from live_item where tenant_id = '${tenantId}' and removed_at is null`,
    );
    expect(new Map(client.items('rings'))).toEqual(new Map(rows.map(({ key, data }) => [key, data])));
    const repeated = [...steps.values()].filter((told) => told.some((step, index) => step === told[index - 1]));
    expect(repeated).toEqual([]);
  } finally {
    await client.close();
  }
});
