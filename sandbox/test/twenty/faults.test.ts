import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, waitFor } from '@switchboard/testing';
import { startTwenty, type Twenty } from '../../twenty/index.ts';

let twenty: Twenty;
let token: string;
let closeDatabase: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  closeDatabase = () => database.close();
  twenty = await startTwenty({ databaseUrl: database.url, limits: 'off' });
  const admin = { email: 'ada@faults.example.com', password: 'Correct-Horse-1', firstName: 'Ada', lastName: 'Admin' };
  token = (await twenty.createWorkspace({ name: 'Faults', subdomain: 'faults', admin })).apiKey;
});
const receivers: HttpServer[] = [];
afterEach(() => {
  twenty.faults.clear();
  for (const receiver of receivers.splice(0)) receiver.close();
});
afterAll(async () => {
  await twenty.close();
  await closeDatabase();
});

type Answer = { data?: Record<string, { totalCount: number; id: string }>; errors?: unknown[] };

async function post(path: string, query: string): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${twenty.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Answer) : {} };
}

const createCompany = (name: string) => post('/graphql', `mutation{createCompany(data:{name:"${name}"}){id}}`);

async function countOf(name: string): Promise<number | undefined> {
  const { body } = await post('/graphql', `{companies(filter:{name:{eq:"${name}"}}){totalCount}}`);
  return body.data?.['companies']?.totalCount;
}

test('status: the asked number of requests fail with it and nothing is written', async () => {
  twenty.faults.set({ kind: 'status', status: 503 }, { times: 2 });
  expect((await createCompany('Down')).status).toBe(503);
  expect((await createCompany('Down')).status).toBe(503);
  expect((await createCompany('Down')).status).toBe(200);
  expect(await countOf('Down')).toBe(1);
});

test('a path limits a fault to the requests below it', async () => {
  twenty.faults.set({ kind: 'status', status: 500 }, { path: '/metadata' });
  expect((await createCompany('Elsewhere')).status).toBe(200);
  expect((await post('/metadata', '{currentWorkspace{id}}')).status).toBe(500);
});

test('reset-after-commit: the connection is cut, but the record is there', async () => {
  twenty.faults.set({ kind: 'reset-after-commit' }, { times: 1 });
  await expect(createCompany('Half')).rejects.toThrow('fetch failed');
  expect(await countOf('Half')).toBe(1);
});

test('down: connections are cut until the fault is cleared, and nothing is written', async () => {
  twenty.faults.set({ kind: 'down' });
  await expect(createCompany('Never')).rejects.toThrow('fetch failed');
  twenty.faults.clear();
  expect(await countOf('Never')).toBe(0);
});

test('limit: record operations are refused as over the limit, and metadata is not', async () => {
  twenty.faults.set({ kind: 'limit' }, { times: 1 });
  expect((await post('/metadata', '{currentWorkspace{id}}')).body.errors).toBeUndefined();
  const { status, body } = await createCompany('Refused');
  expect(status).toBe(200);
  expect(body.errors).toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ subCode: 'LIMIT_REACHED' }) }),
  ]);
  expect(await countOf('Refused')).toBe(0);
});

test('delay: the answer comes later, and comes', async () => {
  twenty.faults.set({ kind: 'delay', ms: 50 }, { times: 1 });
  expect((await createCompany('Late')).status).toBe(200);
});

test('drop-webhooks: the event happens and is never sent; the next one is', async () => {
  const received: string[] = [];
  const receiver = await receive(received);
  const { port } = receiver.address() as AddressInfo;
  await post(
    '/metadata',
    `mutation{createWebhook(input:{targetUrl:"http://127.0.0.1:${port}/",operations:["company.*"]}){id}}`,
  );
  twenty.faults.set({ kind: 'drop-webhooks' }, { times: 1 });
  await createCompany('Unheard');
  await createCompany('Heard');
  await waitFor('a webhook', () => received.length > 0);
  expect(received).toEqual(['Heard']);
});

function receive(names: string[]): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { record } = JSON.parse(Buffer.concat(chunks).toString()) as { record: { name: string } };
      names.push(record.name);
      response.end();
    });
  });
  receivers.push(server);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
