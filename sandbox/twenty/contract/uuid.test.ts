import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, refusal, row } from './answers.ts';
import { openFixture } from './fixture.ts';

const contract = openFixture();
const { things } = contract;
afterAll(() => contract.close());

/** A random UUID whose version (and variant) digit is set. */
function uuid(version: number, variant = 'a'): string {
  const digits = crypto.randomUUID();
  return `${digits.slice(0, 14)}${version}${digits.slice(15, 19)}${variant}${digits.slice(20)}`;
}

describe('ids of new records', () => {
  test.each([1, 2, 3, 4, 5])('version %i is kept', async (version) => {
    const id = uuid(version);
    expect(row(await things.create({ id, name: 'uuid' }))).toEqual({ id });
  });

  test('upper case comes back in lower case', async () => {
    const id = uuid(4).toUpperCase();
    expect(row(await things.create({ id, name: 'uuid' }))).toEqual({ id: id.toLowerCase() });
  });

  test.each([
    ['version 6', uuid(6)],
    ['version 7', uuid(7)],
    ['version 8', uuid(8)],
    ['version 9', uuid(9)],
    ['a wrong variant', uuid(4, '0')],
    ['nil', '00000000-0000-0000-0000-000000000000'],
    ['no dashes', uuid(4).replaceAll('-', '')],
    ['no UUID at all', 'not-a-uuid'],
  ])('%s is refused', async (_name, id) => {
    expect(refusal(await things.create({ id, name: 'uuid' }))).toEqual(
      badInput('INVALID_QUERY_INPUT', `Value "${id}" is not a valid UUID`),
    );
    expect(refusal(await things.upsert([{ id, name: 'uuid' }]))).toEqual(
      badInput('INVALID_QUERY_INPUT', `Value "${id}" is not a valid UUID`),
    );
  });
});

describe('version 7 elsewhere', () => {
  const id = uuid(7);

  test('in a filter it is an error, not an empty result', async () => {
    expect(refusal(await things.findMany({ filter: { id: { eq: id } } }))).toEqual(
      badInput('INVALID_ARGS_FILTER', `Invalid UUID value '${id}' for field "id"`),
    );
  });

  test.each(['uuidF', 'companyId'])('in %s', async (field) => {
    expect(refusal(await things.create({ name: 'uuid', [field]: id }))).toEqual(
      badInput('INVALID_ARGS_DATA', `Invalid UUID value '${id}' for field "${field}"`),
    );
  });

  test('as the id of an update', async () => {
    expect(refusal(await things.update(id, { name: 'uuid' }))).toEqual(
      badInput('INVALID_QUERY_INPUT', 'Missing required argument: "id" (UUID)'),
    );
  });
});
