import { afterAll, describe, expect, test } from '@jest/globals';
import { openFixture, testWhen } from './fixture.ts';
import { pascal } from './records.ts';

const contract = openFixture();
const { client, thing } = contract;
afterAll(() => contract.close());

const json = { 'content-type': 'application/json' };
const post = (path: string, body: string, headers: Record<string, string> = json) =>
  client.send(path, { method: 'POST', headers, body });
const companiesQuery = JSON.stringify({ query: '{companies(first:1){totalCount}}' });

test('healthz', async () => {
  const reply = await client.send('/healthz');
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ status: 'ok' });
});

const isHtml = (headers: Headers) => headers.get('content-type')?.startsWith('text/html') ?? false;
const frontEnd = isHtml((await client.send('/')).headers);

testWhen(frontEnd, 'this server runs without its front end')(
  'an unknown path is 200 with the HTML of the front end',
  async () => {
    const reply = await client.send('/.well-known/openid-configuration');
    expect(reply.status).toBe(200);
    expect(isHtml(reply.headers)).toBe(true);
    expect(reply.text).toMatch(/^<!doctype html>/i);
  },
);

describe('/graphql', () => {
  test('array batching is 400', async () => {
    const reply = await post('/graphql', `[${companiesQuery}]`);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ errors: [{ message: 'Batching is not supported.' }] });
  });

  test('a body that is no JSON is 400', async () => {
    const reply = await post('/graphql', '{');
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      message: expect.stringMatching(/^Expected property name or '}' in JSON/),
      error: 'Bad Request',
      statusCode: 400,
    });
  });

  test('another content type is 415', async () => {
    expect((await post('/graphql', companiesQuery, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('GET does not reach the record operations', async () => {
    const reply = await client.send(`/graphql?query=${encodeURIComponent('{companies(first:1){totalCount}}')}`);
    expect(reply.body).toEqual({
      errors: [{ message: 'Cannot query field "companies" on type "Query".', locations: [{ line: 1, column: 2 }] }],
    });
  });

  test('a body over 10 MB is 500', async () => {
    const data = [{ name: 'tp', textF: 'x'.repeat(10_600_000) }];
    const reply = await client.graphql(`mutation{create${pascal(thing.plural)}(data:$data){id}}`, { data });
    expect(reply.status).toBe(500);
    expect(reply.text).toMatch(/request entity too large/);
  });

  test('a JSON body without a query is never answered', async () => {
    const impatient = fetch(`${client.url}/graphql`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${client.token}` },
      body: '{}',
      signal: AbortSignal.timeout(3000),
    });
    await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('/metadata', () => {
  test('a variable of the wrong shape is 400', async () => {
    const reply = await client.metadata('mutation($i:UpdateOneFieldMetadataInput!){updateOneField(input:$i){id}}', {
      i: { update: { name: 'textG', label: 'Text g' } },
    });
    expect(reply.status).toBe(400);
    expect(reply.errors).toEqual([
      {
        message: expect.stringMatching(/Field "id" of required type "UUID!" was not provided\.$/),
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', http: { status: 400 } }),
      },
    ]);
  });

  test('an unknown field is a validation error', async () => {
    const reply = await client.metadata('{unicorns{id}}');
    expect(reply.errors[0]?.message).toMatch(/^Cannot query field "unicorns" on type "Query"\./);
  });
});

describe('/rest', () => {
  test('a body that is no JSON is 400 in another shape than other errors', async () => {
    const reply = await post(`/rest/${thing.plural}`, '{');
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: 'Bad Request', statusCode: 400 });
  });
});
