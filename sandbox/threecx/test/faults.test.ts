import { afterEach, describe, expect, test } from '@jest/globals';
import { crmDouble } from './crm-double.ts';
import { ask, openPbx, openSocket, until } from './pbx-client.ts';
import { templateXml } from './template-xml.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function open() {
  const crm = await crmDouble(() => ({ body: { people: [] } }));
  const client = await openPbx();
  opened.push(crm, client.pbx);
  await client.pbx.installTemplate(templateXml, { values: { Address: crm.url } });
  return { ...client, crm };
}

const SHORT = { ringSeconds: 1, talkSeconds: 1 };

describe('a fault', () => {
  test('cuts the WebSockets without a word, and the token goes on', async () => {
    const { pbx, live } = await open();
    const { closed } = await openSocket(pbx, live);
    await pbx.faults.inject({ kind: 'drop-sockets' });
    // 1006: the other side never said good-bye.
    expect(await closed).toBe(1006);
    expect((await openSocket(pbx, live)).frames).toEqual([]);
  });

  test('takes the PBX away and back; meanwhile calls go on and posts are lost', async () => {
    const { pbx, live, crm, xapi, rows } = await open();
    const { closed } = await openSocket(pbx, live);
    await pbx.faults.inject({ kind: 'down' });
    await closed;
    await expect(xapi('/Defs')).rejects.toThrow('fetch failed');
    await expect(openSocket(pbx, live)).rejects.toThrow(/hang up|ECONNRESET/);
    const [played] = await pbx.play(SHORT).done;
    expect(played).toMatchObject({ answered: true, ring: { shown: null }, posts: [{ detail: 'lost on the way' }] });
    expect(crm.received).toEqual([]);
    await pbx.faults.inject({ kind: 'up' });
    expect(await rows()).toHaveLength(1);
    await openSocket(pbx, live);
  });

  test('takes the PBX away for a time', async () => {
    const { pbx, xapi } = await open();
    await pbx.faults.inject({ kind: 'down', ms: 200 });
    await expect(xapi('/Defs')).rejects.toThrow('fetch failed');
    await until('it is back', async () => (await xapi('/Defs').catch(() => undefined))?.status === 200);
  });

  test('lets somebody else mint', async () => {
    const { pbx, live, control, xapi } = await open();
    const { closed } = await openSocket(pbx, live);
    await pbx.faults.inject({ kind: 'supersede', clientId: 'crmlive' });
    await closed;
    expect((await control('')).status).toBe(401);
    expect((await xapi('/Defs')).status).toBe(200);
  });

  test.each([
    [{ duplicateEvery: 2 }, [1, 2, 2, 3, 4, 4, 5]],
    [{ swapEvery: 2 }, [1, 3, 2, 5, 4]],
    [{ loseEvery: 3 }, [1, 2, 4, 5]],
    [{ delayMs: 20 }, [1, 2, 3, 4, 5]],
  ])('disturbs frames: %j', async (settings, expected) => {
    const { pbx, live } = await open();
    await pbx.faults.inject({ kind: 'frames', ...settings });
    const { frames } = await openSocket(pbx, live);
    await pbx.play(SHORT).done;
    await until('all frames', () => frames.length === expected.length);
    expect(frames.map(({ sequence }) => sequence)).toEqual(expected);
  });

  test('disturbs posts, and is over when told so', async () => {
    const { pbx, crm } = await open();
    const queue = {
      scenario: 'queue',
      agents: ['101', '102'],
      agent: '102',
      rounds: 1,
      ...SHORT,
      order: 'together',
    } as const;
    const agents = () => crm.posts().map(({ agent }) => agent);
    await pbx.faults.inject({ kind: 'posts', swapEvery: 2, duplicateEvery: 2 });
    await pbx.play(queue).done;
    await until('three posts', () => agents().length === 3);
    expect(agents()).toEqual(['101', '102', '102']);
    await pbx.faults.inject({ kind: 'posts', loseEvery: 2 });
    const [lossy] = await pbx.play(queue).done;
    expect(lossy?.posts.filter(({ status }) => status === null)).toHaveLength(1);
    pbx.faults.clear();
    const [whole] = await pbx.play(queue).done;
    expect(whole?.posts.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('the control API', () => {
  const post = async (url: string, body: unknown, method = 'POST') => await ask(url, undefined, { method, body });

  test('plays a scenario, shows it while it goes on, and hangs up', async () => {
    const { pbx } = await open();
    const begun = await post(`${pbx.url}/control/scenarios`, {
      scenario: 'inbound',
      agent: '103',
      talkSeconds: 80_000,
    });
    expect(begun).toMatchObject({ status: 202, body: { calls: [{ callId: expect.any(Number) }] } });
    const live = async () => (await ask(`${pbx.url}/control/live`, undefined)).body;
    await until('they talk', async () => JSON.stringify(await live()).includes('"Connected"'));
    expect(await live()).toMatchObject({
      calls: [
        { direction: 'Inbound', number: '+31201234567', legs: [{ dn: '10007' }, { dn: '103', status: 'Connected' }] },
      ],
    });
    await post(`${pbx.url}/control/hang-up`, {});
    await pbx.idle();
    expect(await live()).toEqual({ calls: [] });
    await until('it is noted', () => pbx.log().some(({ kind }) => kind === 'scenario'));
  });

  test('changes settings, clients and luck', async () => {
    const { pbx, xapi } = await open();
    const changed = await post(`${pbx.url}/control/settings`, { version: '20.0.7' }, 'PATCH');
    expect(changed.body).toMatchObject({ version: '20.0.7', speed: 50 });
    expect((await xapi('/Defs')).headers.get('x-3cx-version')).toBe('20.0.7.100');
    const client = await post(`${pbx.url}/control/clients`, { clientId: 'crmsync', role: 'users' });
    expect(client.body).toMatchObject({ clientId: 'crmsync', role: 'users', callControl: false });
    expect(JSON.stringify((await ask(`${pbx.url}/control/clients`, undefined)).body)).not.toContain('secret');
    expect((await xapi('/Users')).status).toBe(403);
    await post(`${pbx.url}/control/faults`, { kind: 'down' });
    await expect(xapi('/Defs')).rejects.toThrow('fetch failed');
    expect((await post(`${pbx.url}/control/faults`, { kind: 'up' })).status).toBe(200);
  });

  test.each([
    ['/control/scenarios', 'POST', { scenario: 'siesta' }, /scenario/],
    ['/control/scenarios', 'POST', { agent: 'Anna' }, /extension/],
    ['/control/settings', 'PATCH', { version: '19' }, /version/],
    ['/control/settings', 'PATCH', { colour: 'red' }, /colour/],
    ['/control/faults', 'POST', { kind: 'earthquake' }, /kind/],
    ['/control/clients', 'POST', { clientId: 'x', role: 'king' }, /role/],
  ])('refuses %s %s %j in words', async (path, method, body, sentence) => {
    const { pbx } = await open();
    const answer = await post(pbx.url + path, body, method);
    expect(answer.status).toBe(400);
    expect((answer.body as { error: string }).error).toMatch(sentence);
  });
});
