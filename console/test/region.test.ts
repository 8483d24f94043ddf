import { expect, test } from '@jest/globals';
import { inRegion } from '../src/texts/index.ts';
import { timesIn } from '../src/texts/times.ts';

/** Which way of writing dates and numbers somebody gets. */

test.each([
  ['en', ['en-US', 'en'], 'en-US'],
  ['en', ['nl-NL', 'en'], 'en-GB'],
  ['de', ['nl-NL', 'de-AT'], 'de-AT'],
  ['nl', ['nl', 'en-US'], 'nl-NL'],
] as const)('%s in a browser that wishes %j is written as %s', (language, wishes, expected) => {
  expect(inRegion(language, wishes)).toBe(expected);
});

test('in Europe English dates begin with the day', () => {
  const day = new Date(2026, 10, 22);
  expect(timesIn(inRegion('en', ['nl-NL'])).day.format(day)).toBe('22 Nov 2026');
});
