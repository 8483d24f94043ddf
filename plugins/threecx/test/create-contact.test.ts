import { describe, expect, test } from '@jest/globals';
import type { ContactCard } from '../contact-card.ts';
import { createContact } from '../routes/create-contact.ts';
import { lookup } from '../routes/lookup.ts';
import { reportCall } from '../webhooks/report-call.ts';
import { call, delivery, fakeContext, type FakeContext, request } from './fake-context.ts';
import { ids, post, rows, shared } from './fixtures.ts';

type Answer = { matches: ContactCard[] };
const NEW = '00447700900123';
const create = async (context: FakeContext, body: unknown) =>
  (await call<Answer>(createContact, context, request('/contact', { body }))).matches;
const persons = ({ records }: FakeContext) => [...records.values()].filter(({ object }) => object === 'person');

describe('creating a contact from 3CX', () => {
  test('answers at once and creates one person, however often and in whatever form it is asked', async () => {
    const context = fakeContext(rows);
    const [card] = await create(context, {
      number: NEW,
      firstName: 'Carla',
      lastName: 'Sample',
      company: 'Example BV',
      email: 'Carla@example.com',
    });
    expect(card).toMatchObject({
      type: 'person',
      firstName: 'Carla',
      company: 'Example BV',
      email: 'carla@example.com',
      phone: NEW,
    });
    const [again] = await create(context, { number: '+447700900123', firstName: 'Other' });
    expect(again).toMatchObject({ id: card?.id, firstName: 'Carla', phone: '+447700900123' });
    expect(persons(context)).toEqual([
      expect.objectContaining({
        id: card?.id,
        name: { firstName: 'Carla', lastName: 'Sample' },
        phones: { primaryPhoneNumber: '+447700900123', additionalPhones: [] },
        emails: { primaryEmail: 'carla@example.com', additionalEmails: [] },
        companyId: ids.example,
      }),
    ]);
  });

  test('creates one person when 3CX asks twice at the same moment', async () => {
    const context = fakeContext(rows);
    await Promise.all([create(context, { number: NEW }), create(context, { number: NEW })]);
    expect(persons(context)).toHaveLength(1);
  });

  test('names a person without a name by the number', async () => {
    const context = fakeContext(rows);
    expect(await create(context, { number: NEW })).toEqual([
      expect.objectContaining({ firstName: '', lastName: '+44 7700 900123' }),
    ]);
  });

  test('lets the next lookup and the end of the call know the person before the CRM does, but not for ever', async () => {
    const context = fakeContext(rows);
    const [card] = await create(context, { number: NEW, firstName: 'Carla' });
    const ask = async () => (await call<Answer>(lookup, context, request(`/lookup?number=${NEW}`))).matches;
    expect(await ask()).toEqual([expect.objectContaining({ id: card?.id, firstName: 'Carla' })]);
    await reportCall.receive(context, delivery({ ...post, number: NEW }), new AbortController().signal);
    const recorded = [...context.records.values()].find(({ object }) => object === 'phoneCall');
    expect(recorded).toMatchObject({ matchState: 'MATCHED', personId: card?.id });
    context.advance(8 * 86_400_000);
    expect(await ask()).toEqual([]);
  });

  test('answers with the person there is', async () => {
    const context = fakeContext(rows);
    expect(await create(context, { number: '0201234567', lastName: 'Somebody' })).toEqual([
      expect.objectContaining({ id: ids.anna }),
    ]);
    expect(persons(context)).toEqual([]);
  });

  test('recognises a person by address and remembers the number', async () => {
    const context = fakeContext(rows);
    expect(await create(context, { number: NEW, email: 'anna@example.com' })).toEqual([
      expect.objectContaining({ id: ids.anna, phone: NEW }),
    ]);
    expect((await call<Answer>(lookup, context, request(`/lookup?number=${NEW}`))).matches).toEqual([
      expect.objectContaining({ id: ids.anna }),
    ]);
    expect(persons(context)).toEqual([]);
  });

  test('places a new person at the location whose number it is', async () => {
    const context = fakeContext(rows);
    await create(context, { number: '00442079460123', lastName: 'Doe' });
    expect(persons(context)).toEqual([expect.objectContaining({ companyId: ids.example, locationId: ids.office })]);
  });

  test('adds a third person to a number that two share, for the call at hand only', async () => {
    const context = fakeContext(shared);
    const [card] = await create(context, { number: '0201234567', lastName: 'Third' });
    expect(persons(context)).toEqual([expect.objectContaining({ id: card?.id, companyId: ids.example })]);
    const report = async (change: object) => {
      await reportCall.receive(context, delivery({ ...post, ...change }), new AbortController().signal);
      return [...context.records.values()].at(-1);
    };
    expect(await report({ entityType: 'person', entityId: card?.id })).toMatchObject({ personId: card?.id });
    expect(await report({ startUtc: '2026-11-21T11:00:00Z' })).toMatchObject({ matchState: 'AMBIGUOUS' });
  });

  test('adds nobody when 3CX by itself asks for a number that two share', async () => {
    const context = fakeContext(shared);
    expect(await create(context, { number: '0201234567' })).toEqual([]);
    expect(persons(context)).toEqual([]);
  });

  test.each([{}, { number: 'anonymous' }, { number: '101' }, { number: 5 }, { number: NEW, firstName: ['x'] }, 'text'])(
    'answers %j with an empty list and notes it',
    async (body) => {
      const context = fakeContext(rows);
      expect(await create(context, body)).toEqual([]);
      expect(context.notes).toEqual([expect.objectContaining({ kind: 'contact', result: 'rejected' })]);
      expect(persons(context)).toEqual([]);
    },
  );
});
