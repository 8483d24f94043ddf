import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { decide } from '../match.ts';
import { anna, bert, ids, office } from './fixtures.ts';

const person = (record: typeof anna | typeof bert) => ({ object: 'person', record });
const place = (record: { id: string }) => ({ object: 'location', record });
const elsewhere = { ...office, id: ids.other, companyId: null };

describe('decide', () => {
  test('takes the only person, with company and usual location', () => {
    expect(decide([person(anna)])).toMatchObject({
      state: 'MATCHED',
      winner: { object: 'person', record: { id: ids.anna } },
      personId: ids.anna,
      companyId: ids.example,
      locationId: ids.office,
    });
  });

  test('prefers the location whose own number it is over where the person usually is', () => {
    expect(decide([person(anna), place(elsewhere)])).toMatchObject({ personId: ids.anna, locationId: ids.other });
  });

  test('takes a location with its company when no person has the number', () => {
    expect(decide([place(office)])).toMatchObject({
      state: 'MATCHED',
      winner: { object: 'location' },
      personId: undefined,
      companyId: ids.example,
      locationId: ids.office,
    });
  });

  test('gives several persons to choose from, with what they share, and shows nobody', () => {
    const shared = decide([person(anna), person(bert)]);
    expect(shared).toMatchObject({ state: 'AMBIGUOUS', winner: undefined, personId: undefined });
    expect(shared).toMatchObject({ companyId: ids.example, locationId: ids.office });
    expect(shared.candidates.map(({ record }) => record.id)).toEqual([ids.anna, ids.bert]);
  });

  test('shares nothing that only one of several has', () => {
    const freelancer = { ...bert, companyId: null, locationId: null } as unknown as typeof bert;
    expect(decide([person(anna), person(freelancer)])).toMatchObject({ companyId: undefined, locationId: undefined });
  });

  test('shows the one location where several persons sit', () => {
    expect(decide([person(anna), person(bert), place(office)])).toMatchObject({
      state: 'AMBIGUOUS',
      winner: { object: 'location', record: { id: ids.office } },
      locationId: ids.office,
    });
  });

  test('does not guess between two locations', () => {
    expect(decide([place(office), place(elsewhere)])).toMatchObject({
      state: 'AMBIGUOUS',
      winner: undefined,
      locationId: undefined,
    });
  });

  test('believes the person somebody decided on', () => {
    expect(decide([person(anna), person(bert)], bert)).toMatchObject({
      state: 'MATCHED',
      personId: ids.bert,
      candidates: [],
    });
    expect(decide([], bert)).toMatchObject({ state: 'MATCHED', personId: ids.bert });
  });

  test('counts a record once, however many of its numbers match, in any order', () => {
    const matches = [person(anna), person(anna), place(office), person(bert), place(elsewhere)];
    const settled = ({ state, personId, companyId, locationId }: ReturnType<typeof decide>) => ({
      state,
      personId,
      companyId,
      locationId,
    });
    fc.assert(
      fc.property(fc.subarray(matches), fc.infiniteStream(fc.nat()), (some, dice) => {
        const shuffled = some
          .map((match) => [dice.next().value as number, match] as const)
          .toSorted(([a], [b]) => a - b);
        expect(settled(decide(shuffled.map(([, match]) => match)))).toEqual(settled(decide(some)));
        expect(settled(decide([...some, ...some]))).toEqual(settled(decide(some)));
      }),
    );
  });

  test('finds nobody among nobody', () => {
    expect(decide([])).toMatchObject({ state: 'UNKNOWN', winner: undefined, candidates: [] });
  });
});
