import { afterEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { ThreecxOptions } from '../index.ts';
import { ask, callLog, keyOf, login, openPbx, openSocket, requestToken } from './pbx-client.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: ThreecxOptions = {}) {
  const client = await openPbx(options);
  opened.push(client.pbx);
  return client;
}

const grant = { grant_type: 'client_credentials' };

describe('a token', () => {
  test.each([false, true])('is given for client credentials (multipart: %s) and opens the API', async (multipart) => {
    const { pbx } = await open();
    const token = await login(pbx, 'crmsync', multipart);
    expect((await ask(`${pbx.url}/xapi/v1/Defs`, token)).status).toBe(200);
  });

  test.each([
    ['20.0.8', 60],
    ['20.0.9', 3600],
  ] as const)('of build %s says expires_in %i, and its exp is an hour away', async (version, expiresIn) => {
    const { pbx } = await open({ settings: { version } });
    const fields = { client_id: 'crmsync', client_secret: keyOf(pbx, 'crmsync'), ...grant };
    const { body } = await requestToken(pbx, fields);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: expiresIn });
    const { exp = 0, iat = 0 } = decodeJwt(String(body['access_token']));
    expect(exp - iat).toBe(3600);
  });

  test('dies at its expiry', async () => {
    let now = Date.parse('2026-11-21T12:00:00Z');
    const { xapi } = await open({ now: () => now });
    expect((await xapi('/Defs')).status).toBe(200);
    now += 3_600_000;
    expect((await xapi('/Defs')).status).toBe(401);
  });

  test('dies at once when the same client mints another, with the WebSocket that it opened', async () => {
    const { pbx, live, sync, control } = await open();
    const { closed } = await openSocket(pbx, live);
    const next = await login(pbx, 'crmlive');
    expect((await control('')).status).toBe(401);
    expect((await ask(`${pbx.url}/callcontrol`, next)).status).toBe(200);
    await closed;
    expect(pbx.sockets()).toBe(0);
    // The other client is not touched.
    expect((await ask(`${pbx.url}/xapi/v1/Defs`, sync)).status).toBe(200);
  });

  test.each([
    [{ client_id: 'crmsync', client_secret: 'wrong', ...grant }, 'invalid_client'],
    [{ client_id: 'nobody', client_secret: 'wrong', ...grant }, 'invalid_client'],
    [{ client_id: 'crmsync', client_secret: 'x', grant_type: 'password' }, 'unsupported_grant_type'],
  ])('is refused to %j', async (fields, error) => {
    const { pbx } = await open();
    const { status, body } = await requestToken(pbx, fields);
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description: expect.stringMatching(/\w+/) });
  });

  test('is refused to what is no form', async () => {
    const { pbx } = await open();
    expect(await ask(`${pbx.url}/connect/token`, undefined, { body: {} })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });
});

describe('who may not', () => {
  test.each([
    ['a lesser role', { role: 'system_admins' }, '/Users?$top=1', 200],
    ['a lesser role, for the call log', { role: 'system_admins' }, callLog(), 403],
    ['a lesser role, for recordings', { role: 'system_admins' }, '/Recordings?$top=1', 403],
    ['a lesser role, for chats', { role: 'system_admins' }, '/ChatHistoryView', 403],
    ['a plain user', { role: 'users' }, '/Users?$top=1', 403],
    ['department System Wide', { department: 'System Wide' }, '/Users?$top=1', 403],
    ['without the Configuration API', { xapi: false }, '/Defs', 403],
  ] as const)('%s gets its status', async (_who, change, path, status) => {
    const { pbx, xapi } = await open();
    pbx.principals.put({ clientId: 'crmsync', ...change });
    expect((await xapi(path)).status).toBe(status);
  });

  test('nobody gets in without a token', async () => {
    const { pbx } = await open();
    for (const token of [undefined, 'nonsense'])
      for (const path of ['/xapi/v1/Defs', '/callcontrol', '/xapi/v1/Nothing'])
        expect(await ask(pbx.url + path, token)).toMatchObject({ status: 401, body: Buffer.alloc(0) });
    await expect(openSocket(pbx, 'nonsense')).rejects.toThrow('HTTP 401');
  });

  test('without Enterprise only the status answers', async () => {
    const { pbx, xapi, control, live } = await open({ settings: { licence: 'Professional' } });
    expect(await xapi('/Defs/Pbx.GetSystemParameters()')).toMatchObject({
      status: 200,
      body: { License: { IsEnterprise: false } },
    });
    expect((await xapi('/Users')).status).toBe(403);
    expect((await control('')).status).toBe(403);
    await expect(openSocket(pbx, live)).rejects.toThrow('HTTP 403');
  });

  test('without the scope Call Control stays closed', async () => {
    const { pbx, sync } = await open();
    expect((await ask(`${pbx.url}/callcontrol`, sync)).status).toBe(403);
    await expect(openSocket(pbx, sync)).rejects.toThrow('HTTP 403');
  });
});
