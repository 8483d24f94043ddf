import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { alike, gramsOf, weigh } from '../../suggest/grams.ts';
import { featureNames, type Features, scoreOf, type Traits } from '../../suggest/score.ts';
import { cellOf, cellsAround, placeOf } from '../../suggest/traits.ts';
import { firstWeights, learn, weightsFrom } from '../../suggest/weights.ts';

const now = new Date('2026-11-22T12:00:00Z');
const none = { texts: 0, counts: new Map<number, number>() };
const traits = (given: Partial<Traits> & { readonly text?: string }): Traits => {
  const { text = '', ...rest } = given;
  const empty = { companyId: null, locationId: null, lat: null, lng: null, postcode: '', city: '', assetKind: '' };
  return { ...empty, at: now, grams: gramsOf(text), ...rest };
};
const score = (one: Traits, group: readonly Traits[], weights = firstWeights) =>
  scoreOf(one, weigh(one.grams, none), group, { weights, now });

describe('words', () => {
  const said = (one: string, other: string, corpus = none) => alike(weigh(gramsOf(one), corpus), gramsOf(other));

  test('a slip of the finger, accents and case change little, in any language', () => {
    expect(said('Aufzug steht im zweiten Stock', 'AUFZUG stet im zweitten stock')).toBeGreaterThan(0.7);
    expect(said('Ascenseur bloqué', 'ascenseur bloque')).toBeCloseTo(1);
    expect(said('Лифт не работает', 'лифт неработает')).toBeGreaterThan(0.5);
    expect(said('Lift stuck', 'Water from the ceiling')).toBeLessThan(0.1);
  });

  test('what stands in most texts of the tenant says nothing', () => {
    const usual = gramsOf('please call back');
    const corpus = { texts: 1000, counts: new Map(usual.map((gram) => [gram, 800])) };
    expect(said('please call back', 'please call back', corpus)).toBe(0);
    expect(said('please call back, boiler broken', 'boiler broken', corpus)).toBeGreaterThan(0.9);
  });
});

describe('reasons', () => {
  test('the same location with the same kind of thing is likely, and both are said', () => {
    const here = { locationId: 'a', companyId: 'c', assetKind: 'ELEVATOR' };
    const { score: likely, reasons } = score(traits(here), [traits(here)]);
    expect(likely).toBeGreaterThan(0.8);
    expect(reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['same-location', 'same-asset-kind']));
  });

  test('a neighbour is near, with the distance; far away is not', () => {
    const here = traits({ locationId: 'a', lat: 52.37, lng: 4.9 });
    const next = score(here, [traits({ locationId: 'b', lat: 52.372, lng: 4.902 })]);
    expect(next.reasons[0]).toEqual({ code: 'near', metres: 250 });
    const far = score(here, [traits({ locationId: 'b', lat: 53.5, lng: 10 })]);
    expect(far.reasons.map(({ code }) => code)).not.toContain('near');
    expect(far.score).toBeLessThan(next.score);
  });

  test('without coordinates the postcode and the town stand for them', () => {
    const at = (postcode: string) =>
      traits({
        locationId: postcode,
        ...placeOf({ id: 'x', siteAddress: { addressPostcode: postcode, addressCity: 'Utrecht', addressLat: null } }),
      });
    expect(score(at('3511 AB'), [{ ...at('3511ab'), locationId: 'y' }]).reasons[0]?.code).toBe('same-postcode');
    expect(score(at('3511 AB'), [at('3500 XX')]).reasons[0]?.code).toBe('same-city');
  });

  test('what is nearby is found, wherever on earth', () => {
    const coordinate = {
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      lng: fc.double({ min: -170, max: 170, noNaN: true }),
    };
    fc.assert(
      fc.property(fc.record(coordinate), fc.double({ min: -0.01, max: 0.01, noNaN: true }), (place, step) => {
        const other = { lat: place.lat + step, lng: place.lng };
        const crossesBand = Math.round(place.lat / 10) !== Math.round(other.lat / 10);
        expect(crossesBand || cellsAround(place).includes(cellOf(other) ?? '')).toBe(true);
      }),
    );
  });
});

describe('learning', () => {
  const features = fc.record(
    Object.fromEntries(featureNames.map((name) => [name, fc.double({ min: 0, max: 1, noNaN: true })])),
  ) as fc.Arbitrary<Features>;

  test('accepting makes the like more likely, turning down less', () => {
    fc.assert(
      fc.property(features, (given) => {
        const sum = (weights: typeof firstWeights) =>
          featureNames.reduce((all, name) => all + weights[name] * given[name], weights.bias);
        expect(sum(learn(firstWeights, given, true, 0))).toBeGreaterThan(sum(firstWeights));
        expect(sum(learn(firstWeights, given, false, 0))).toBeLessThan(sum(firstWeights));
      }),
    );
  });

  test('however often somebody clicks, every weight stays within its bounds and keeps its sign', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(features, fc.boolean()), { maxLength: 200 }), (decisions) => {
        let weights = firstWeights;
        decisions.forEach(([given, isAccepted], index) => (weights = learn(weights, given, isAccepted, index)));
        for (const name of featureNames) {
          expect(Math.sign(weights[name])).toBe(Math.sign(firstWeights[name]));
          expect(Math.abs(weights[name])).toBeLessThanOrEqual(Math.abs(firstWeights[name]) * 2);
        }
        expect(weightsFrom(JSON.parse(JSON.stringify(weights)))).toEqual(weights);
      }),
      { numRuns: 30 },
    );
  });
});
