import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, page, refusal, row } from './answers.ts';
import { company, openFixture } from './fixture.ts';
import { pascal, recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const createThings = `create${pascal(thing.plural)}`;
const companies = recordsOf(client, company);
afterAll(() => contract.close());

const countThings = async (name: string) => page(await things.findMany({ filter: { name: { eq: name } } })).totalCount;
const both = `mutation{createCompanies(data:$companies){id} ${createThings}(data:$things){id name}}`;

describe('how many', () => {
  const standard =
    'companies people opportunities notes tasks noteTargets taskTargets attachments timelineActivities workspaceMembers workflows workflowVersions workflowRuns messages messageThreads messageParticipants calendarEvents calendarEventParticipants dashboards blocklists';
  const query = (roots: string[]) => `{${roots.map((root) => `${root}(first:1){edges{node{id}}}`).join(' ')}}`;

  test('20 are accepted', async () => {
    const roots = standard.split(' ');
    const reply = await client.graphql(query(roots));
    expect(reply.errors).toEqual([]);
    expect(Object.keys(reply.data ?? {}).toSorted()).toEqual(roots.toSorted());
  });

  test('21 are refused as a whole', async () => {
    const reply = await client.graphql(query([...standard.split(' '), thing.plural]));
    expect(reply.data).toEqual({});
    expect(refusal(reply)).toEqual(
      badInput(
        undefined,
        'Query too complex - Too many root resolvers requested: 21 - Maximum allowed root resolvers: 20',
      ),
    );
  });

  test('the same one twice is refused, also under two aliases', async () => {
    const reply = await client.graphql(
      `mutation{a:${createThings}(data:$data){id} b:${createThings}(data:$data){id}}`,
      {
        data: [{ name: 'rf-twice' }],
      },
    );
    expect(reply.data).toEqual({});
    expect(refusal(reply)).toEqual(badInput(undefined, `Duplicate root resolver: "${createThings}"`));
    expect(await countThings('rf-twice')).toBe(0);
  });
});

describe('together', () => {
  let companyId = '';
  beforeAll(() => {
    companyId = contract.own(company);
  });

  test('two creates both run', async () => {
    const reply = await client.graphql(both, {
      companies: [{ id: companyId, name: `Contract ${run}` }],
      things: [{ name: 'rf-both' }],
    });
    expect(reply.errors).toEqual([]);
    expect(reply.data).toEqual({
      createCompanies: [{ id: companyId }],
      [createThings]: [{ id: expect.any(String), name: 'rf-both' }],
    });
  });

  test('create and update of one object both run', async () => {
    const { id } = row(await things.create({ name: 'rf-update' }));
    const update = `update${pascal(thing.singular)}`;
    const reply = await client.graphql(
      `mutation{${createThings}(data:$data){name} ${update}(id:$id,data:{textF:"u"}){textF}}`,
      {
        data: [{ name: 'rf-create' }],
        id,
      },
    );
    expect(reply.data).toEqual({ [createThings]: [{ name: 'rf-create' }], [update]: { textF: 'u' } });
  });
});

describe('when one fails', () => {
  const invalidNumber = `Invalid number value 'x' for field "numF"`;

  test('the other is kept; its key is null and the error has no path', async () => {
    const id = contract.own(company);
    const reply = await client.graphql(both, {
      companies: [{ id, name: `Contract ${run}` }],
      things: [{ name: 'rf-half', numF: 'x' }],
    });
    expect(reply.data).toEqual({ createCompanies: [{ id }], [createThings]: null });
    expect(reply.errors).toEqual([
      {
        message: invalidNumber,
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', subCode: 'INVALID_ARGS_DATA' }),
      },
    ]);
    expect(page(await companies.findMany({ filter: { id: { eq: id } } })).totalCount).toBe(1);
  });

  test('both failing give two errors in no certain order', async () => {
    const reply = await client.graphql(both, { companies: [{ nope: 1 }], things: [{ numF: 'x' }] });
    expect(reply.data).toEqual({ createCompanies: null, [createThings]: null });
    expect(reply.errors.map((error) => error.message).toSorted()).toEqual([
      invalidNumber,
      `Object company doesn't have any "nope" field.`,
    ]);
  });

  test('what refers to a record of the same request may come before it: they run in parallel', async () => {
    const id = contract.own(company);
    const reply = await client.graphql(both, {
      companies: [{ id, name: `Contract ${run}` }],
      things: [{ name: 'rf-child', companyId: id }],
    });
    expect(reply.data).toMatchObject({ createCompanies: [{ id }] });
    if (reply.errors.length > 0) expect(reply.errors[0]?.message).toMatch(/violates foreign key constraint/);
    expect(await countThings('rf-child')).toBe(reply.errors.length > 0 ? 0 : 1);
  });
});

test('200 rows of 45,000 characters fit into one request', async () => {
  const data = Array.from({ length: 200 }, () => ({ id: randomUUID(), name: 'rf-large', textF: 'x'.repeat(45_000) }));
  const reply = await things.createMany(data);
  expect(reply.errors).toEqual([]);
  expect(await countThings('rf-large')).toBe(200);
});
