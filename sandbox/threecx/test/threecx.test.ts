import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startThreecx, type Threecx, type ThreecxOptions } from '../index.ts';
import { crmDouble } from './crm-double.ts';
import { templateXml } from './template-xml.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

const ANNA = { id: 1, name: { last: 'Example' }, phone: '0031201234567' };
const NOW = Date.parse('2026-11-21T12:00:00.900Z');

async function pbxWith(
  answer: Parameters<typeof crmDouble>[0],
  values: Record<string, string> = {},
  options: ThreecxOptions = {},
) {
  const crm = await crmDouble(answer);
  const pbx = await startThreecx({ now: () => NOW, ...options });
  opened.push(crm, pbx);
  await pbx.installTemplate(templateXml, { values: { Address: crm.url, Token: 'secret', ...values } });
  return { crm, pbx };
}

const knows =
  (...people: object[]) =>
  () => ({ body: { people } });

async function post(pbx: Threecx, path: string, body: unknown) {
  const response = await fetch(pbx.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: string } };
}

describe('an inbound call', () => {
  test('is looked up while it rings and reported when it has ended', async () => {
    const { crm, pbx } = await pbxWith(knows(ANNA));
    const played = await pbx.call({ from: '+31201234567', to: '102', seconds: 61 });
    expect(crm.received[0]).toMatchObject({ path: '/who', query: 'n=0031201234567&d=Inbound', token: 'secret' });
    expect(played).toMatchObject({
      number: '0031201234567',
      shown: { EntityId: '1', LastName: 'Example' },
      lookup: { status: 200 },
    });
    expect(crm.posts()).toEqual([
      {
        type: 'Inbound',
        agent: '102',
        mail: 'ben.demo@example.com',
        queue: '',
        contact: '1',
        seconds: '61',
        start: '2026-11-21T11:58:52Z',
        said: '',
      },
    ]);
    expect(played.startedAt).toBe('2026-11-21T11:58:52.000Z');
  });

  test('that is missed is reported as missed, without talking time', async () => {
    const { crm, pbx } = await pbxWith(knows());
    const played = await pbx.call({ from: '+31201234567', answered: false });
    expect(played.shown).toBeNull();
    expect(crm.posts()).toMatchObject([{ type: 'Missed', seconds: '0', contact: '' }]);
  });

  test('to a queue is reported for every agent who rang', async () => {
    const { crm, pbx } = await pbxWith(knows(ANNA));
    await pbx.call({ from: '+31201234567', to: '103', queue: '800', agents: ['101', '102', '103'] });
    expect(crm.posts().map(({ agent, type, queue }) => `${agent} ${type} ${queue}`)).toEqual([
      '101 Missed 800',
      '102 Missed 800',
      '103 Inbound 800',
    ]);
  });

  test('may be reported twice, with the text later, and out of order', async () => {
    const { crm, pbx } = await pbxWith(knows(ANNA));
    await pbx.call({ from: '+31201234567', times: 2, text: { transcription: 'press [1]' }, order: 'reversed' });
    expect(crm.posts().map(({ said }) => said)).toEqual(['press [1]', 'press [1]', '', '']);
    expect(new Set(crm.posts().map(({ start }) => start)).size).toBe(1);
  });

  test.each(['', '105'])('from "%s" is not looked up, yet reported', async (from) => {
    const { crm, pbx } = await pbxWith(knows(ANNA));
    expect(await pbx.call({ from })).toMatchObject({ lookup: { status: null }, shown: null });
    expect(crm.received.map(({ path }) => path)).toEqual(['/done']);
  });

  test('drops a contact whose number is not the one that was asked for', async () => {
    const { pbx } = await pbxWith(knows({ ...ANNA, phone: '+31201234567' }));
    expect(await pbx.call({ from: '+31201234567' })).toMatchObject({ shown: null, dropped: 1 });
  });

  test('from an unknown number creates a contact if the template says so', async () => {
    const { crm, pbx } = await pbxWith((path) => ({ body: { people: path === '/new' ? { id: 9 } : [] } }), {
      Create: 'True',
    });
    expect(await pbx.call({ from: '+31201234567' })).toMatchObject({
      shown: { EntityId: '9' },
      created: { status: 200 },
    });
    expect(crm.received[1]).toMatchObject({ path: '/new', body: 'n=0031201234567' });
    expect(crm.posts()).toMatchObject([{ contact: '9' }]);
    expect(await pbx.call({ from: '101', to: '+31201234567', direction: 'outbound' })).toMatchObject({ created: null });
  });

  test('goes on when the CRM fails, redirects or is away', async () => {
    const failing = await pbxWith(() => ({ status: 500, body: {} }));
    expect(await failing.pbx.call({ from: '+31201234567' })).toMatchObject({ shown: null, posts: [{ status: 500 }] });
    const moved = await pbxWith(() => ({ status: 302, body: {} }));
    expect(await moved.pbx.call({ from: '+31201234567' })).toMatchObject({ posts: [{ status: 302 }] });
    expect(moved.crm.received).toHaveLength(2);
    const away = await pbxWith(knows(), { Address: 'http://127.0.0.1:1' });
    expect(await away.pbx.call({ from: '+31201234567' })).toMatchObject({
      lookup: { status: null },
      posts: [{ status: null }],
    });
  });

  test('is not reported when reporting is switched off', async () => {
    const { crm, pbx } = await pbxWith(knows(ANNA), { Report: 'False' });
    expect((await pbx.call({ from: '+31201234567' })).posts[0]?.detail).toMatch(/left out/);
    expect(crm.posts()).toEqual([]);
  });
});

test.each([[['+31201234567']], [['', 'anonymous']]])(
  'calls from %j never overlap and are never close enough to be taken for one',
  async (numbers) => {
    const { crm, pbx } = await pbxWith(knows(ANNA));
    for (let n = 0; n < 5; n += 1) await pbx.call({ from: numbers[n % numbers.length] ?? '', seconds: 30 });
    const starts = crm.posts().map(({ start }) => Date.parse(start ?? ''));
    const sorted = starts.toSorted((a, b) => a - b);
    for (const [n, start] of sorted.entries()) if (n > 0) expect(start - (sorted[n - 1] ?? 0)).toBeGreaterThan(90_000);
    expect(Math.max(...starts)).toBeLessThan(NOW);
  },
);

test('an outbound call is reported by its own words', async () => {
  const { crm, pbx } = await pbxWith(knows(ANNA));
  await pbx.call({ from: '104', to: '+31201234567', direction: 'outbound' });
  await pbx.call({ from: '104', to: '+31201234567', direction: 'outbound', answered: false });
  expect(crm.posts()).toMatchObject([
    { type: 'Outbound', agent: '104' },
    { type: 'Notanswered', agent: '104' },
  ]);
});

describe('the control API', () => {
  test('plays calls, searches and tells what happened', async () => {
    const { pbx } = await pbxWith(knows(ANNA, { id: 2, name: { last: 'Sample' } }));
    expect(await post(pbx, '/control/calls', { from: '+31201234567' })).toMatchObject({
      status: 200,
      body: { posts: [{ status: 200 }] },
    });
    expect(await post(pbx, '/control/searches', { text: 'ex & co' })).toMatchObject({
      body: { contacts: [{ LastName: 'Example' }, { LastName: 'Sample' }] },
    });
    expect(await post(pbx, '/control/searches', { email: 'anna@example.com' })).toMatchObject({
      body: { status: null },
    });
    expect(pbx.log().map(({ kind }) => kind)).toEqual(['template', 'call', 'search', 'search']);
    const page = await fetch(pbx.url);
    expect(await page.text()).toContain('<title>3CX stand-in</title>');
  });

  test('takes a template and never gives its key away', async () => {
    const pbx = await startThreecx();
    opened.push(pbx);
    expect(await post(pbx, '/control/calls', { from: '+31201234567' })).toMatchObject({
      status: 409,
      body: { error: /no CRM template/ },
    });
    const installed = await post(pbx, '/control/template', { xml: templateXml, values: { Token: 'secret' } });
    expect(installed).toMatchObject({ status: 200, body: { template: { name: 'Test CRM', version: '7' } } });
    const state = await (await fetch(`${pbx.url}/control/state`)).text();
    expect(JSON.parse(state)).toMatchObject({
      template: { parameters: expect.arrayContaining([{ name: 'Token', title: 'Token', isSet: true }]) },
    });
    expect(state).not.toContain('secret');
  });

  test.each([
    ['/control/calls', 'no json', 400, /no JSON/],
    ['/control/calls', { from: 7 }, 400, /from/],
    ['/control/calls', { fron: '1' }, 400, /fron/],
    ['/control/calls', { to: '+31201234567' }, 400, /2 to 5 digits/],
    ['/control/template', { xml: '<Crm>' }, 400, /no XML/],
    ['/control/template', { xml: '<Crm/>' }, 400, /prefix|scenario/],
    ['/control/template', { xml: templateXml, values: { Tokn: 'x' } }, 400, /Tokn/],
    ['/control/template', { xml: templateXml.replace('"Get"', '"GET"') }, 400, /GET/],
    ['/control/nothing', {}, 404, /nothing/],
  ])('answers %s %j with %i and a sentence', async (path, body, status, sentence) => {
    const { pbx } = await pbxWith(knows());
    const answer = await post(pbx, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(sentence);
  });
});

describe('the installed template', () => {
  test('survives a restart, readable by its owner only, and keeps its values when replaced', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'threecx-'));
    opened.push({ close: () => rm(dataDir, { recursive: true }) });
    const { crm, pbx } = await pbxWith(knows(ANNA), {}, { dataDir });
    await pbx.close();
    const again = await startThreecx({ dataDir });
    opened.push(again);
    expect(await again.call({ from: '+31201234567' })).toMatchObject({ shown: { LastName: 'Example' } });
    await again.installTemplate(templateXml.replace('Version="7"', 'Version="8"'));
    expect(await again.call({ from: '+31201234567' })).toMatchObject({ shown: { LastName: 'Example' } });
    expect(crm.received.every(({ path, token }) => path !== '/who' || token === 'secret')).toBe(true);
    expect(JSON.parse(await readFile(join(dataDir, 'threecx.json'), 'utf8'))).toMatchObject({
      values: { Token: 'secret' },
    });
  });

  test('that is damaged stops the start with what to do', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'threecx-'));
    opened.push({ close: () => rm(dataDir, { recursive: true }) });
    await writeFile(join(dataDir, 'threecx.json'), '{');
    await expect(startThreecx({ dataDir })).rejects.toThrow(/delete it/);
  });
});
