import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type AnyPlugin, ConfigError, defineTopic, live, PayloadError } from '../../contract/index.ts';
import { loadRegistry } from '../../host/registry.ts';
import { openLive, type LiveState } from '../../live/client/index.ts';
import { waitFor } from '@switchboard/testing';
import { desk, notices, rings, startWeb, type Web } from './desk.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let web: Web;
let tenantId: string;

beforeAll(async () => {
  stage = await openStage();
  web = await startWeb({ database: stage.database });
  tenantId = await stage.newTenant();
});
afterAll(async () => {
  await web.close();
  await stage.close();
});

const headers = () => ({ authorization: `Bearer ${tenantId} ada phoneCall` });

describe('the door of the live feed', () => {
  test('tells proxies and browsers to pass everything on at once', async () => {
    const response = await fetch(`${web.url}?topics=rings`, { headers: headers() });
    await response.body?.cancel();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
    });
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('answers the question of a front component whether it may ask', async () => {
    const response = await fetch(web.url, { method: 'OPTIONS', headers: { origin: 'null' } });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  test.each(['', '?topics=', '?topics=rings,weather', `?topics=${'rings,'.repeat(21)}`])(
    'refuses %s and says which topics there are',
    async (query) => {
      const response = await fetch(`${web.url}${query}`, { headers: headers() });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { field: 'query.topics', remedy: expect.stringContaining('rings, notices, visits') },
      });
    },
  );

  test('refuses who is nobody', async () => {
    expect((await fetch(`${web.url}?topics=rings`)).status).toBe(401);
  });

  test('takes the last id from the query, for clients that cannot set headers', async () => {
    await stage.show(tenantId, live(notices, 'n', { text: 'Lunch' }));
    const first = await fetch(`${web.url}?topics=notices`, { headers: headers() });
    const text = new TextDecoder().decode((await first.body?.getReader().read())?.value);
    const [, id] = /^id: (.*)$/m.exec(text) ?? [];
    const second = await fetch(`${web.url}?topics=notices&lastEventId=${id}`, { headers: headers() });
    const resumed = new TextDecoder().decode((await second.body?.getReader().read())?.value);
    expect(text).toContain('event: snapshot');
    expect(resumed).toContain(`id: ${id}`);
    expect(resumed).not.toContain('event: snapshot');
  });
});

describe('a client', () => {
  test('that asks for what does not exist is told, and gives up', async () => {
    const states: LiveState[] = [];
    const client = openLive<{ weather: unknown }>({
      url: web.url,
      topics: ['weather'],
      headers,
      onState: (state) => states.push(state),
    });
    await waitFor('the refusal', () => states.at(-1)?.kind === 'refused');
    expect(states.at(-1)).toMatchObject({ reason: 'There is no such topic' });
    await client.close();
  });

  test('is told only what is different after a snapshot', async () => {
    await stage.show(tenantId, live(rings, 'a', { from: 'Ann' }), live(rings, 'b', { from: 'Bob' }));
    const changes: string[] = [];
    let attempts = 0;
    let cut: () => void = () => {};
    const client = openLive<{ rings: unknown }>({
      url: web.url,
      topics: ['rings'],
      headers,
      onChange: (told) =>
        changes.push(...told.map(({ key, data }) => `${key} ${data === undefined ? 'gone' : 'here'}`)),
      // As if the id it sends were of no use.
      async fetch(target, { signal, ...init } = {}) {
        attempts += 1;
        const one = new AbortController();
        cut = () => one.abort();
        return await fetch(target, {
          ...init,
          headers: headers(),
          signal: AbortSignal.any([one.signal, ...(signal ? [signal] : [])]),
        });
      },
    });
    try {
      await waitFor('the first snapshot', () => changes.length === 2);
      cut();
      await stage.show(tenantId, live(rings, 'a', undefined), live(rings, 'c', { from: 'Cid' }));
      await waitFor('the second snapshot', () => attempts === 2 && changes.length >= 4);
      expect(changes).toEqual(['a here', 'b here', 'a gone', 'c here']);
      expect([...client.items('rings').keys()].sort()).toEqual(['b', 'c']);
    } finally {
      await client.close();
    }
  });
});

describe('a plugin', () => {
  const source = (id: string, topics: readonly string[]) => ({
    id,
    load: async () => ({
      plugin: { ...desk, id, topics: topics.map((name) => defineTopic(name, z.object({}))) } as unknown as AnyPlugin,
    }),
  });

  test('cannot take a topic of another one, nor a name that fits no address', async () => {
    const { plugins, broken } = await loadRegistry([
      source('first', ['calls']),
      source('second', ['calls']),
      source('third', ['The Calls']),
    ]);
    expect(plugins.map(({ id }) => id)).toEqual(['first']);
    expect(broken).toEqual([
      { id: 'second', reason: 'its topic "calls" is also a topic of first' },
      { id: 'third', reason: 'its topic "The Calls" is not lower case with hyphens' },
    ]);
  });

  test('publishes nothing to topics that it does not declare', async () => {
    const foreign = live(defineTopic('foreign', z.object({})), 'a', {});
    await expect(stage.show(tenantId, foreign)).rejects.toThrow(ConfigError);
  });

  test('publishes nothing malformed, and nothing that browsers would choke on', async () => {
    const malformed = live(rings, 'a', { from: 7 } as never);
    await expect(stage.show(tenantId, malformed)).rejects.toMatchObject({ field: 'rings.from' });
    await expect(stage.show(tenantId, live(rings, 'a', { from: 'x'.repeat(70_000) }))).rejects.toThrow(PayloadError);
    await expect(stage.show(tenantId, live(rings, '', { from: 'Ann' }))).rejects.toThrow(PayloadError);
  });
});
