import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { waitFor } from '@switchboard/testing';
import { createDepot } from '../host/sample-plugins.ts';

let hub: TestHub;

interface Problem {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly remedy?: string;
  };
}

beforeAll(async () => {
  hub = await startTestHub({ plugins: [createDepot().plugin], crm: false });
}, 60_000);
afterAll(async () => await hub.close());

async function problem(method: string, path: string, body?: object): Promise<{ status: number } & Problem['error']> {
  const answer = await hub.api(method, path, body);
  return { status: answer.status, ...(answer.body as Problem).error };
}

describe('the API', () => {
  test.each([undefined, 'Bearer wrong', 'Basic abc'])('refuses %s', async (authorization) => {
    const response = await fetch(
      `${hub.url}/api/v1/tenants`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect(response.status).toBe(401);
    expect(((await response.json()) as Problem).error.remedy).toContain('Bearer');
  });

  test('creates a tenant and shows it', async () => {
    const created = await hub.api('POST', '/tenants', { slug: 'north', name: 'North', country: 'de' });
    expect(created).toMatchObject({ status: 201, body: { slug: 'north', country: 'DE', state: 'active' } });
    const { body } = await hub.api('GET', '/tenants');
    expect((body as { tenants: { slug: string }[] }).tenants.map(({ slug }) => slug)).toContain('north');
  });

  test.each([
    [{ slug: 'North!', name: 'N', country: 'DE' }, 400, 'slug'],
    [{ slug: 'x', name: 'N', country: 'Narnia' }, 400, 'country'],
    [{ slug: 'x', name: '', country: 'DE' }, 400, 'name'],
    [{ slug: 'x', country: 'DE' }, 400, 'body.name'],
    [{ slug: 12, name: 'N', country: 'DE' }, 400, 'body.slug'],
    [{ slug: TEST_TENANT, name: 'N', country: 'DE' }, 409, 'slug'],
  ])('refuses the tenant %j naming the field', async (body, status, field) => {
    expect(await problem('POST', '/tenants', body)).toMatchObject({ status, field, remedy: expect.any(String) });
  });

  test('says when there is no such tenant, plugin, delivery or page', async () => {
    expect(await problem('GET', '/tenants/nobody')).toMatchObject({ status: 404, field: 'tenant' });
    expect(await problem('POST', `/tenants/${TEST_TENANT}/plugins/nothing/enable`, {})).toMatchObject({
      status: 422,
      field: 'plugin',
    });
    expect(await problem('POST', `/tenants/${TEST_TENANT}/deliveries/12/replay`)).toMatchObject({
      status: 400,
      field: 'path.delivery',
    });
    expect(await problem('GET', '/nowhere')).toMatchObject({ status: 404, remedy: expect.stringContaining('openapi') });
  });

  test('refuses a body that is no JSON, and one that is too large', async () => {
    const post = (body: string) =>
      fetch(`${hub.url}/api/v1/tenants`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.operatorToken}`, 'content-type': 'application/json' },
        body,
      });
    const [broken, large] = [await post('{"slug":'), await post(JSON.stringify({ name: 'x'.repeat(2_000_000) }))];
    expect([broken.status, large.status]).toEqual([400, 413]);
    expect(((await broken.json()) as Problem).error).toMatchObject({ field: 'body', message: 'The body is not JSON' });
  });

  test('refuses a wrong setting naming it, and enables with a right one', async () => {
    const path = `/tenants/${TEST_TENANT}/plugins/depot`;
    expect(await problem('POST', `${path}/enable`, { config: {} })).toMatchObject({ status: 422, field: 'config.key' });
    expect(await problem('POST', `${path}/enable`, { config: { kee: 'x' } })).toMatchObject({
      status: 422,
      field: 'config.kee',
    });
    const enabled = await hub.api('POST', `${path}/enable`, { config: { key: 'the-depot-key' } });
    expect(enabled).toMatchObject({ status: 200, body: { state: 'enabled', secrets: ['key'], config: {} } });
    expect(JSON.stringify(enabled.body)).not.toContain('the-depot-key');
  });

  test('keeps who did what in an audit log that can be verified', async () => {
    await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/depot/enable`, { config: { key: 'another-key' } });
    const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/audit?action=plugin.enable`);
    const [entry] = (body as { entries: { actor: string; subject: string; details: object }[] }).entries;
    expect(entry).toMatchObject({ actor: 'operator', subject: 'plugin/depot', details: { secrets: ['key'] } });
    expect((await hub.api('POST', `/tenants/${TEST_TENANT}/audit/verify`)).body).toMatchObject({ intact: true });
  });

  test('cannot connect a tenant to an address where no Twenty is', async () => {
    const answer = await hub.api('PUT', `/tenants/${TEST_TENANT}/crm`, { url: 'http://127.0.0.1:9', apiKey: 'k' });
    const { ok, lines } = answer.body as { ok: boolean; lines: { state: string; remedy?: string }[] };
    expect(ok).toBe(false);
    expect(lines.find(({ state }) => state === 'failed')?.remedy).toBeTruthy();
  });
});

describe('the operator can see', () => {
  test('that the hub is alive and ready, part by part', async () => {
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    const ready = await waitFor('readiness', async () => {
      const response = await fetch(`${hub.url}/readyz`);
      return response.ok && ((await response.json()) as { parts: { name: string; state: string }[] });
    });
    expect(ready.parts.map(({ name }) => name)).toEqual(['database', 'queue', 'crm']);
  });

  test('figures for Prometheus', async () => {
    const text = await (await fetch(`${hub.url}/metrics`)).text();
    for (const name of [
      'switchboard_http_request_seconds_bucket',
      'switchboard_crm_outbox_depth',
      'switchboard_schedule_lag_seconds',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain(TEST_TENANT);
  });

  test('a description of the API that covers every operation', async () => {
    const document = (await (await fetch(`${hub.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { summary: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/tenants/{tenant}/plugins/{plugin}/enable');
    const silent = Object.values(document.paths)
      .flatMap((one) => Object.values(one))
      .filter(({ summary }) => !summary);
    expect(silent).toEqual([]);
  });
});

describe('whoever calls a door', () => {
  const post = (authorization: string) =>
    fetch(`${hub.url}/api/v1/tenants`, { headers: { authorization: `Bearer ${authorization}` } });

  test('with an address or a body that cannot be read hears what is wrong with it', async () => {
    const address = await fetch(`${hub.url}/hooks/${TEST_TENANT}/depot/%`);
    expect([address.status, await address.json()]).toMatchObject([400, { error: { field: 'path' } }]);
    const body = await fetch(`${hub.url}/hooks/${TEST_TENANT}/depot/parcels`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: 'no gzip',
    });
    expect([body.status, await body.json()]).toMatchObject([400, { error: { field: 'body' } }]);
  });

  test('is not taken for an intruder because many come at once, but for trying keys', async () => {
    const honest = await Promise.all(Array.from({ length: 150 }, async () => await post(hub.operatorToken)));
    expect(new Set(honest.map(({ status }) => status))).toEqual(new Set([200]));
    const guesses = [];
    for (let count = 0; count < 61; count += 1) guesses.push((await post('guess')).status);
    expect(guesses.at(0)).toBe(401);
    expect(guesses.at(-1)).toBe(429);
  });

  test('with wrong keys at one door does not close another', async () => {
    const knock = async (tenant: string) =>
      (await fetch(`${hub.url}/hooks/${tenant}/depot/parcel`, { method: 'POST', body: 'x'.repeat(100_000) })).status;
    for (let count = 0; count < 60; count += 1) await knock('nobody');
    expect([await knock('nobody'), await knock(TEST_TENANT)]).toEqual([429, 401]);
  });
});
