import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { definePlugin, type Route } from '@switchboard/core/contract';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { buildProgram } from '../../cli/program.ts';

const door = (method: 'GET' | 'POST', path: `/${string}`, summary: string): Route<unknown> => ({
  method,
  path,
  summary,
  audience: 'operator',
  handle: async (_context, { body, query }) => ({
    body:
      path === '/boxes' && method === 'GET'
        ? {
            boxes: [
              { id: 1, name: 'Desk', rules: { open: true } },
              { id: 2, name: 'Sales' },
            ],
          }
        : { done: { method, asked: query.get('id'), given: String(body) } },
  }),
});
const hidden: Route<unknown> = { ...door('GET', '/hook', 'For vendors'), audience: 'vendor', verify: () => true };

const plugin = definePlugin({
  id: 'post',
  contract: 1,
  name: 'Post',
  summary: 'Has doors.',
  config: z.object({}),
  routes: [door('GET', '/boxes', 'All boxes'), door('POST', '/boxes', 'Adds one'), door('GET', '/one', 'One'), hidden],
  check: async () => [],
});

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin], crm: false });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'post', {}, 'test');
});
afterAll(async () => await hub.close());

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void jest.restoreAllMocks());

async function run(...line: string[]): Promise<string> {
  const program = buildProgram(async (work) => await work(hub.hub.admin), ['post']);
  await program.parseAsync(line, { from: 'user' });
  return printed.join('\n');
}

test('a plugin tells on the command line what operators may do with it', async () => {
  const text = await run('post', TEST_TENANT);
  expect(text).toContain('boxes  All boxes');
  expect(text).not.toContain('hook');
});

test('what it answers is shown as a table, or as it is', async () => {
  expect(await run('post', TEST_TENANT, 'boxes')).toBe('boxes:\nID  NAME\n1   Desk\n2   Sales');
  printed = [];
  expect(JSON.parse(await run('post', TEST_TENANT, 'boxes', '--json'))).toMatchObject({ boxes: [{ rules: {} }, {}] });
});

test('values go with the question, or into what is done', async () => {
  expect(await run('post', TEST_TENANT, 'one', 'id=7')).toContain('asked: 7');
  printed = [];
  const text = await run('post', TEST_TENANT, 'boxes', 'name=Front desk', 'rules={"open":false}');
  expect(text).toContain('given: {"name":"Front desk","rules":{"open":false}}');
});

test.each([
  ['a door of vendors', ['hook'], 'no door GET /hook'],
  ['a door that is not there', ['nothing'], 'no door'],
])('%s is refused', async (_what, line, message) => {
  await expect(run('post', TEST_TENANT, ...line)).rejects.toThrow(message);
});
