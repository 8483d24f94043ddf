import { describe, expect, test } from '@jest/globals';
import type { ContactCard } from '../contact-card.ts';
import { lookup } from '../routes/lookup.ts';
import { search } from '../routes/search.ts';
import { call, fakeContext, type FakeContext, phones, request } from './fake-context.ts';
import { anna, ids, rows, shared } from './fixtures.ts';

type Answer = { matches: ContactCard[] };
const ask = async (context: FakeContext, query: string) =>
  (await call<Answer>(lookup, context, request(`/lookup?${query}`))).matches;

describe('a lookup at ring time', () => {
  test('answers with the contact, its company and its page', async () => {
    expect(await ask(fakeContext(rows), 'number=0031201234567&direction=Inbound')).toEqual([
      {
        id: ids.anna,
        type: 'person',
        url: `https://crm.example.com/object/person/${ids.anna}`,
        firstName: 'Anna',
        lastName: 'Example',
        company: 'Example BV',
        email: 'anna@example.com',
        phone: '0031201234567',
      },
    ]);
  });

  test.each([
    ['number=0031201234567', '0031201234567'],
    ['number=%2B31201234567', '+31201234567'],
    ['number=+31201234567', '+31201234567'],
    ['number=020-123%204567', '020-123 4567'],
  ])('for %s echoes the number as 3CX wrote it', async (query, phone) => {
    expect(await ask(fakeContext(rows), query)).toEqual([expect.objectContaining({ id: ids.anna, phone })]);
  });

  test('shows a location as the contact', async () => {
    expect(await ask(fakeContext(rows), 'number=00442079460123')).toEqual([
      expect.objectContaining({
        type: 'location',
        url: `https://crm.example.com/object/location/${ids.office}`,
        firstName: '',
        lastName: 'Office Amsterdam',
        company: 'Example BV',
      }),
    ]);
  });

  test('shows nobody when several people share the number', async () => {
    expect(await ask(fakeContext(shared), 'number=0031201234567')).toEqual([]);
  });

  test.each([
    'number=',
    'number=anonymous',
    'number=101',
    'number=0031209999999',
    'number=%00',
    'email=nobody@example.com',
    '',
  ])('answers "%s" with an empty list', async (query) => {
    expect(await ask(fakeContext(rows), query)).toEqual([]);
  });

  test('finds by address in any case', async () => {
    expect(await ask(fakeContext(rows), 'email=Anna%40Example.com')).toEqual([
      expect.objectContaining({ id: ids.anna, phone: '+31201234567' }),
    ]);
  });
});

describe('a search', () => {
  const find = async (context: FakeContext, q: string) =>
    (await call<Answer>(search, context, request(`/search?q=${encodeURIComponent(q)}`))).matches;

  test('lists all who fit, by name or by number', async () => {
    expect((await find(fakeContext(shared), 'a')).map(({ lastName }) => lastName)).toEqual([
      'Example',
      'Sample',
      'Office Amsterdam',
    ]);
    expect((await find(fakeContext(shared), '020 123 4567')).map(({ id }) => id)).toEqual([ids.anna, ids.bert]);
  });

  test('lists twenty at most, and nobody for nothing', async () => {
    const crowd = Array.from({ length: 30 }, (_, n) => ({ ...anna, id: `${n}`, phones: phones('+31201234567') }));
    expect(await find(fakeContext({ person: crowd }), 'anna')).toHaveLength(20);
    expect(await find(fakeContext({ person: crowd }), '0201234567')).toHaveLength(20);
    expect(await find(fakeContext({ person: crowd }), ' ')).toEqual([]);
  });
});
