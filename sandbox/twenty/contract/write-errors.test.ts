import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, notFound, page, refusal, row } from './answers.ts';
import { company, openFixture } from './fixture.ts';
import { pascal, recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const companyId = contract.own(company);
const domain = `https://connect-${run}.example.com`;

beforeAll(async () => {
  row(
    await recordsOf(client, company).create({
      id: companyId,
      name: `Contract ${run}`,
      domainName: { primaryLinkUrl: domain },
    }),
  );
});
afterAll(() => contract.close());

const unknownField = badInput('INVALID_ARGS_DATA', `Object ${thing.singular} doesn't have any "nope" field.`);
const missing = (name: string, type: string) =>
  badInput('INVALID_QUERY_INPUT', `Missing required argument: "${name}" (${type})`);
const createMany = `create${pascal(thing.plural)}`;

describe('errors of the database', () => {
  test('a foreign key to nobody', async () => {
    const { message, ...codes } = refusal(await things.createMany([{ name: 'we-fk', companyId: randomUUID() }]));
    expect(codes).toEqual({ code: 'BAD_USER_INPUT' });
    expect(message).toMatch(
      new RegExp(`^insert or update on table "_${thing.singular}" violates foreign key constraint "FK_[0-9a-f]+"$`),
    );
  });

  test('errors carry neither path nor locations', async () => {
    const reply = await things.createMany([{ name: 'we-fk', companyId: randomUUID() }]);
    expect(Object.keys(reply.errors[0] ?? {}).toSorted()).toEqual(['extensions', 'message']);
  });
});

describe('data', () => {
  test('an unknown field', async () => {
    expect(refusal(await things.createMany([{ nope: 1 }]))).toEqual(unknownField);
  });

  test('one bad row fails the batch', async () => {
    expect(refusal(await things.createMany([{ name: 'we-good' }, { name: 'we-bad', nope: 1 }]))).toEqual(unknownField);
    expect(page(await things.findMany({ filter: { name: { eq: 'we-good' } } })).totalCount).toBe(0);
  });

  test('an object instead of a list', async () => {
    const reply = await client.graphql(`mutation{${createMany}(data:$data){id}}`, { data: { name: 'we' } });
    expect(refusal(reply)).toEqual(missing('data', 'array'));
  });

  test('no data at all', async () => {
    expect(refusal(await client.graphql(`mutation{${createMany}{id}}`))).toEqual(missing('data', 'array'));
  });

  test('an unknown argument', async () => {
    const reply = await client.graphql(`mutation{${createMany}(data:$data,nope:1){id}}`, { data: [{ name: 'we' }] });
    expect(refusal(reply)).toEqual(badInput('INVALID_QUERY_INPUT', 'Argument not allowed: nope'));
  });
});

describe('updateOne', () => {
  test('of nobody', async () => {
    expect(refusal(await things.update(randomUUID(), { name: 'we' }))).toEqual(notFound);
  });

  test('with an id that is none', async () => {
    expect(refusal(await things.update('abc', { name: 'we' }))).toEqual(missing('id', 'UUID'));
  });

  test('with an unknown field', async () => {
    const { id } = row(await things.create({ name: 'we-update' }));
    expect(refusal(await things.update(id, { nope: 1 }))).toEqual(unknownField);
  });

  test('with nothing still moves updatedAt', async () => {
    const before = row(await things.create({ name: 'we-empty' }, 'id updatedAt'));
    const after = row(await things.update(before.id, {}, 'updatedAt'));
    expect(String(after['updatedAt']) > String(before['updatedAt'])).toBe(true);
  });
});

describe('updateMany', () => {
  test('without a filter', async () => {
    const reply = await client.graphql(`mutation{update${pascal(thing.plural)}(data:$data){id}}`, {
      data: { textF: 'we' },
    });
    expect(refusal(reply)).toEqual(missing('filter', 'object'));
  });
});

describe('requests that are no record operations', () => {
  test('an unknown root field is a validation error: locations, no code', async () => {
    const reply = await client.graphql('{unicorns{edges{node{id}}}}');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      errors: [{ message: 'Cannot query field "unicorns" on type "Query".', locations: [{ line: 1, column: 2 }] }],
    });
  });

  test('an unknown root field beside a record field refuses both', async () => {
    const reply = await client.graphql(`mutation{${createMany}(data:$data){id} createUnicorns(data:[]){id}}`, {
      data: [{ name: 'we-unicorn' }],
    });
    expect(refusal(reply)).toEqual(
      badInput(undefined, 'This query cannot be executed as a single request. Please split it into separate queries.'),
    );
    expect(page(await things.findMany({ filter: { name: { eq: 'we-unicorn' } } })).totalCount).toBe(0);
  });

  test('a syntax error', async () => {
    const reply = await client.graphql('mutation{createCompanies( ');
    expect(reply.body).toEqual({
      errors: [
        { message: 'Syntax Error: Expected Name, found <EOF>.', locations: [{ line: 1, column: expect.any(Number) }] },
      ],
    });
  });
});

describe('connect and disconnect', () => {
  const connect = (where: unknown) => ({ name: 'we-connect', company: { connect: { where } } });
  const nobody = (condition: string) =>
    badInput(undefined, `Expected 1 record to connect to company, but found 0 for ${condition}`);

  test.each([
    ['by id', { id: companyId }],
    ['by a unique field, as it is stored', { domainName: { primaryLinkUrl: domain } }],
    ['by a unique field in a form that is normalised to it', { domainName: { primaryLinkUrl: `${domain}/` } }],
  ])('%s', async (_name, where) => {
    expect(row(await things.create(connect(where), 'companyId company{name}'))).toEqual({
      companyId,
      company: { name: `Contract ${run}` },
    });
  });

  test('by a unique value that is stored with another scheme', async () => {
    const primaryLinkUrl = domain.replace('https://', '');
    expect(refusal(await things.create(connect({ domainName: { primaryLinkUrl } })))).toEqual(
      nobody(`domainNamePrimaryLinkUrl = ${primaryLinkUrl}`),
    );
  });

  test('to nobody', async () => {
    const id = randomUUID();
    expect(refusal(await things.create(connect({ id })))).toEqual(nobody(`id = ${id}`));
  });

  test('by a field that is not unique', async () => {
    expect(refusal(await things.create(connect({ name: 'x' })))).toEqual(
      badInput(
        undefined,
        "Missing required fields: at least one unique constraint have to be fully populated for 'company'.",
      ),
    );
  });

  test('beside the join column', async () => {
    expect(refusal(await things.create({ ...connect({ id: companyId }), companyId }))).toEqual(
      badInput(undefined, 'company and companyId cannot be both provided.'),
    );
  });

  test('disconnect on update', async () => {
    const { id } = row(await things.create({ name: 'we-disconnect', companyId }));
    expect(row(await things.update(id, { company: { disconnect: true } }, 'companyId'))).toEqual({ companyId: null });
  });
});
