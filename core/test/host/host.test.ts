import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { waitFor } from '@switchboard/testing';
import { CredentialsError, PayloadError, RateLimitedError } from '../../contract/index.ts';
import { createDepot, createScale } from './sample-plugins.ts';

const KEY = 'depot-key-that-nobody-guesses';
const depot = createDepot();
const scale = createScale();
let hub: TestHub;

interface Line {
  readonly id: string;
  readonly result: string;
  readonly summary: string;
  readonly remedy: string | null;
}

const admin = () => hub.hub.admin;

function send(body: string, { tenant = TEST_TENANT, key = KEY } = {}): Promise<Response> {
  return fetch(`${hub.url}/hooks/${tenant}/depot/parcel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  });
}

async function deliveries(): Promise<Line[]> {
  const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/deliveries?plugin=depot`);
  return (body as { deliveries: Line[] }).deliveries;
}

async function delivery(result: string, text: string): Promise<Line> {
  return await waitFor(`a delivery ${result} with "${text}"`, async () =>
    (await deliveries()).find((line) => line.result === result && line.summary.includes(text)),
  );
}

async function weight(): Promise<unknown> {
  const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/plugins/depot/doors/weight?number=abc`);
  return (body as { weight: unknown }).weight;
}

/** Cuts the line on which the hub hears of changes; it comes back by itself, later than what is asked right away. */
async function holdBackNews(): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'
  `.execute(hub.hub.database.db);
}

async function checkUp(pluginId: string): Promise<string> {
  const lines = await admin().plugins.check(TEST_TENANT, pluginId, AbortSignal.timeout(30_000));
  return lines.map(({ state }) => state).join();
}

beforeAll(async () => {
  hub = await startTestHub({ plugins: [depot.plugin, scale.plugin], crm: false, ownDatabase: true });
}, 60_000);
afterAll(async () => await hub.close());

beforeEach(async () => {
  depot.worked.length = 0;
  scale.heard.length = 0;
  await admin().plugins.enable(TEST_TENANT, 'depot', { key: KEY, motto: null }, 'test');
  await admin().plugins.enable(TEST_TENANT, 'scale', { broken: null }, 'test');
  await waitFor('the doors to open', async () => (await send('', { key: 'wrong' })).status === 401);
});

describe('a delivery', () => {
  test('is worked on once however often it comes, and every subscriber hears of it once', async () => {
    const answers = await Promise.all([send('P-1'), send('P-1'), send('P-1')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await delivery('done', 'P-1');
    await waitFor('the scale to hear', () => scale.heard.length > 0);
    expect(depot.worked).toEqual(['P-1']);
    expect(scale.heard).toEqual(['P-1']);
  });

  test('of a stranger is refused and not stored', async () => {
    const before = await deliveries();
    expect((await send('P-2', { key: 'wrong' })).status).toBe(401);
    expect((await send('P-2', { tenant: 'nobody' })).status).toBe(401);
    expect(await deliveries()).toEqual(before);
  });

  test('that is too large is kept in part and named', async () => {
    expect((await send('x'.repeat(5000))).status).toBe(200);
    const line = await delivery('rejected', '5000 bytes');
    expect(line.remedy).toContain('less');
    expect(depot.worked).toEqual([]);
  });

  test('that cannot be understood is rejected with its reason, and can be run again', async () => {
    depot.failures.push(
      new PayloadError('The field "number" is no number', { field: 'number', remedy: 'Send a number.' }),
    );
    await send('P-3');
    const line = await delivery('rejected', 'no number');
    expect(line.remedy).toBe('Send a number.');
    const again = await hub.api('POST', `/tenants/${TEST_TENANT}/deliveries/${line.id}/replay`);
    expect(again.status).toBe(202);
    await delivery('done', 'P-3');
    expect(depot.worked).toEqual(['P-3']);
  });

  test('that is run again and finds nothing left to do keeps its line', async () => {
    await send('P-31');
    const { id } = await delivery('done', 'P-31');
    depot.ignoring = true;
    await hub.api('POST', `/tenants/${TEST_TENANT}/deliveries/${id}/replay`);
    await waitFor('the second run', () => depot.worked.filter((number) => number === 'P-31').length === 2);
    depot.ignoring = false;
    expect(await delivery('done', 'P-31')).toMatchObject({ id, summary: 'Parcel P-31.' });
  });

  test('of another tenant cannot be run again', async () => {
    await send('P-4');
    const { id } = await delivery('done', 'P-4');
    if ((await admin().tenants.find('other')) === undefined) {
      await admin().tenants.create({ slug: 'other', name: 'Other', country: 'DE' }, 'test');
    }
    expect((await hub.api('POST', `/tenants/other/deliveries/${id}/replay`)).status).toBe(404);
  });

  test('keeps its place when the one before it must wait', async () => {
    depot.failures.push(new RateLimitedError('wait', 300));
    await send('P-5');
    await send('P-6');
    await delivery('done', 'P-6');
    expect(depot.worked).toEqual(['P-5', 'P-6']);
  });
});

describe('a subscriber', () => {
  test('that fails is tried again without the others hearing twice', async () => {
    scale.failures.push(new RateLimitedError('busy', 50));
    await send('P-7');
    await waitFor('the scale to hear', () => scale.heard.includes('P-7'));
    expect(depot.worked).toEqual(['P-7']);
  });

  test('that is paused hears of it once it goes on', async () => {
    await admin().plugins.pause(TEST_TENANT, 'scale', 'Being cleaned.', 'test');
    await send('P-8');
    await delivery('done', 'P-8');
    expect(scale.heard).toEqual([]);
    await admin().plugins.enable(TEST_TENANT, 'scale', {}, 'test');
    await waitFor('the scale to hear', () => scale.heard.includes('P-8'));
  });
});

describe('a plugin', () => {
  test('whose credentials are refused is paused for the tenant with the reason, and nothing is lost', async () => {
    depot.failures.push(new CredentialsError('The depot refuses the key', { remedy: 'Enter another key.' }));
    await send('P-9');
    const card = await waitFor('the pause', async () =>
      (await admin().plugins.list(TEST_TENANT)).find(({ id, state }) => id === 'depot' && state === 'paused'),
    );
    expect(card.detail).toContain('refuses the key');
    await send('P-10');
    expect(depot.worked).toEqual([]);
    await admin().plugins.enable(TEST_TENANT, 'depot', { key: KEY }, 'test');
    await delivery('done', 'P-10');
    expect(depot.worked).toEqual(['P-9', 'P-10']);
  });

  test('holds its live link once, starts it anew with new settings, and ends it when disabled', async () => {
    await waitFor('the link', () => depot.link.running === 1);
    await admin().plugins.configure(TEST_TENANT, 'depot', { motto: 'faster' }, 'test');
    await waitFor(
      'the link with the new motto',
      () => depot.link.started.at(-1) === 'faster' && depot.link.running === 1,
    );
    await admin().plugins.disable(TEST_TENANT, 'depot', 'test');
    await waitFor('the link to end', () => depot.link.running === 0);
  });

  test('is as it was set for whoever asks right after the change, though the news of it is late', async () => {
    await admin().plugins.disable(TEST_TENANT, 'scale', 'test');
    await holdBackNews();
    const states = [await checkUp('scale')];
    await admin().plugins.enable(TEST_TENANT, 'scale', {}, 'test');
    states.push(await checkUp('scale'));
    await admin().plugins.configure(TEST_TENANT, 'scale', { broken: true }, 'test');
    states.push(await checkUp('scale'));
    await admin().plugins.disable(TEST_TENANT, 'scale', 'test');
    states.push(await checkUp('scale'));
    expect(states).toEqual(['off', 'ok', 'failed', 'off']);
  });

  test('goes on as it is when another one changes', async () => {
    await waitFor('the link', () => depot.link.running === 1);
    const started = depot.link.started.length;
    await waitFor('the scale to weigh', async () => (await weight()) === 3);
    await admin().plugins.disable(TEST_TENANT, 'scale', 'test');
    await waitFor('the hub to have heard of it', async () => (await weight()) === 'nobody weighs');
    await admin().plugins.enable(TEST_TENANT, 'scale', {}, 'test');
    await waitFor('the hub to have heard of it', async () => (await weight()) === 3);
    expect(depot.link).toMatchObject({ running: 1, started: { length: started } });
  });

  test('that cannot be set up leaves the others working, and its check-up says why', async () => {
    await admin().plugins.configure(TEST_TENANT, 'scale', { broken: true }, 'test');
    await waitFor('the check-up to fail', async () =>
      (await admin().plugins.check(TEST_TENANT, 'scale', AbortSignal.timeout(5000))).some(({ detail }) =>
        detail.includes('broken'),
      ),
    );
    await send('P-11');
    await delivery('done', 'P-11');
  });

  test('offers what others use while it is enabled', async () => {
    await waitFor('the scale to weigh', async () => (await weight()) === 3);
    await admin().plugins.disable(TEST_TENANT, 'scale', 'test');
    await waitFor('nobody to weigh', async () => (await weight()) === 'nobody weighs');
  });
});

describe('a suspended tenant', () => {
  test('takes nothing in; what waited goes on afterwards', async () => {
    await admin().tenants.suspend(TEST_TENANT, 'test');
    await waitFor('the doors to close', async () => (await send('P-12')).status === 401);
    await admin().tenants.resume(TEST_TENANT, 'test');
    await waitFor('the doors to open', async () => (await send('P-12')).status === 200);
    await delivery('done', 'P-12');
  });
});
