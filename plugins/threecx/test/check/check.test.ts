import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CheckLine } from '@switchboard/core/contract';
import type { PrincipalOptions, Threecx } from '@switchboard/sandbox/threecx';
import { check } from '../../check.ts';
import type { Config } from '../../config.ts';
import { lookup } from '../../routes/lookup.ts';
import type { Context } from '../../services.ts';
import { crmTemplate } from '../../template/template.ts';
import { KEY, request, type Rows } from '../fake-context.ts';
import { ids, rows } from '../fixtures.ts';
import { withPbx } from '../with-pbx.ts';

const opened: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(settings: Partial<Config> = {}, known: Rows = rows) {
  const both = await withPbx(known, settings);
  opened.push(both.pbx);
  return both;
}

async function linesOf(context: Context): Promise<Map<string, CheckLine>> {
  const lines = await check(context, AbortSignal.timeout(30_000));
  for (const { state, remedy } of lines) if (state !== 'ok') expect(remedy).toMatch(/\w+ \w+.*[.:]/);
  return new Map(lines.map((line) => [line.name, line]));
}

const state = (lines: Map<string, CheckLine>, name: string) => lines.get(name)?.state;

function change(pbx: Threecx, clientId: string, what: Partial<PrincipalOptions>): void {
  pbx.principals.put({ ...what, clientId });
}

/** The hub's door for lookups, where the PBX reaches it. */
async function hubFor(context: Context): Promise<string> {
  const server = createServer((incoming, response) => {
    const key = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    const asked = request(incoming.url ?? '/', { key });
    void answer(asked).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });
  async function answer(asked: ReturnType<typeof request>) {
    if ((await lookup.verify?.(context, asked)) !== true) return { status: 401, body: {} };
    return { status: 200, body: (await lookup.handle(context, asked, AbortSignal.timeout(5000))).body };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function install({ pbx, context }: Awaited<ReturnType<typeof open>>, key = KEY): Promise<void> {
  const baseUrl = await hubFor(context);
  const xml = crmTemplate({ ...context.config, baseUrl, country: context.tenant.country });
  await pbx.installTemplate(xml, { values: { ApiKey: key } });
}

describe('with less than everything, the check of a PBX tells what is off and goes on', () => {
  test('without an address: one line, and nothing is asked', async () => {
    const { context } = await open({ pbxUrl: undefined });
    const lines = await linesOf(context);
    expect(state(lines, 'Interfaces of 3CX')).toBe('off');
    expect(lines.has('Call Control')).toBe(false);
  });

  test('without an Enterprise licence: every part is off because of the licence, none has failed', async () => {
    const { pbx, context } = await open();
    pbx.settings.change({ licence: 'Professional' });
    const lines = await linesOf(context);
    for (const name of ['Licence', 'Call log', 'Recordings', 'Agents', 'Call Control']) {
      expect(state(lines, name)).toBe('off');
      expect(lines.get(name)?.detail).toContain('Enterprise');
    }
    expect(state(lines, 'Configuration API')).toBe('ok');
    expect([...lines.values()].filter((line) => line.state === 'failed')).toEqual([]);
  });

  test('without the role System Owner: call log and recordings are off, agents and calls are there', async () => {
    const { pbx, context } = await open();
    change(pbx, 'crmsync', { role: 'system_admins' });
    const lines = await linesOf(context);
    expect(state(lines, 'Call log')).toBe('off');
    expect(state(lines, 'Recordings')).toBe('off');
    expect(lines.get('Call log')?.remedy).toContain('System Owner');
    expect(state(lines, 'Agents')).toBe('ok');
    expect(state(lines, 'Call Control')).toBe('ok');
  });

  test('without the scope for Call Control: that is off, the call log can be read', async () => {
    const { pbx, context } = await open();
    change(pbx, 'crmlive', { callControl: false });
    const lines = await linesOf(context);
    expect(state(lines, 'Call Control')).toBe('off');
    expect(lines.get('Call Control')?.remedy).toContain('Call Control API');
    expect(state(lines, 'Call log')).toBe('ok');
  });

  test('without a client for the Configuration API: calls can be watched', async () => {
    const { context } = await open({ syncClientId: undefined, syncSecret: undefined });
    const lines = await linesOf(context);
    expect(state(lines, 'Configuration API')).toBe('off');
    expect(state(lines, 'Call Control')).toBe('ok');
  });

  test('with a wrong key: that client has failed, the other one works', async () => {
    const { context } = await open({ syncSecret: 'not-the-key' });
    const lines = await linesOf(context);
    expect(state(lines, 'Configuration API')).toBe('failed');
    expect(state(lines, 'Call Control')).toBe('ok');
    expect(JSON.stringify([...lines.values()])).not.toContain('not-the-key');
  });

  test('on an old build: says what it does not have', async () => {
    const { pbx, context } = await open();
    pbx.settings.change({ version: '20.0.6' });
    const lines = await linesOf(context);
    expect(lines.get('Version')).toMatchObject({ state: 'off', detail: expect.stringMatching(/20\.0\.6.*news/) });
    expect(state(lines, 'Call log')).toBe('ok');
  });

  test('while the PBX is down: fails with its address, and the lines of the hub are there', async () => {
    const { pbx, context } = await open();
    await pbx.close();
    opened.splice(0);
    const lines = await linesOf(context);
    expect(state(lines, 'Configuration API')).toBe('failed');
    expect(state(lines, 'Call Control')).toBe('failed');
    expect(state(lines, 'Country')).toBe('ok');
  });
});

describe('the extensions that Call Control sees', () => {
  test('are compared with the agents, and the missing ones named', async () => {
    const { pbx, context } = await open();
    expect(state(await linesOf(context), 'Watched extensions')).toBe('ok');
    change(pbx, 'crmlive', { monitors: ['101', '103'] });
    const line = (await linesOf(context)).get('Watched extensions');
    expect(line).toMatchObject({ state: 'warning', detail: expect.stringContaining('102 Ben') });
    expect(line?.detail).not.toContain('104');
  });
});

describe("3CX's own test of the template", () => {
  const called = { id: ids.other, phoneNumber: '+31201234567', matchState: 'MATCHED' };

  test('goes through the PBX to the hub and back', async () => {
    const both = await open({}, { ...rows, phoneCall: [called] });
    await install(both);
    const lines = await linesOf(both.context);
    expect(lines.get('Template test')).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('the contact was shown'),
    });
    expect(state(lines, 'Template installed')).toBe('ok');
  });

  test('finds out a wrong key', async () => {
    const both = await open();
    await install(both, 'a-wrong-key-of-at-least-24-chars');
    expect((await linesOf(both.context)).get('Template test')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('401'),
    });
  });

  test('says that there is no template yet', async () => {
    const { context } = await open();
    expect((await linesOf(context)).get('Template test')).toMatchObject({ state: 'warning' });
  });
});
