import { expect, test } from '@jest/globals';
import { heard, type Major, nothingAnnounced, toldTo } from '../src/desk/majors.ts';

const HERE = 'location-1';
const open = (id: string, announcement = 'Known') =>
  ({ id, name: id, status: 'OPEN', severity: 'MAJOR', isMajor: true, announcement }) as const;
const card = (...malfunctions: ReturnType<typeof open>[]) => ({ malfunctions, location: { id: HERE, name: 'Here' } });

function major(malfunctionId: string, part: Partial<Major> = {}): Major {
  const empty = { number: 'M-1', expectedResolutionAt: null, locationId: null, locationName: '' };
  return { malfunctionId, title: malfunctionId, announcement: 'Live', ...empty, ...part };
}

const feed = (...majors: Major[]) => new Map(majors.map((one) => [one.malfunctionId, one]));

test('what is at the caller’s place comes first, and elsewhere is told with its place', () => {
  const announced = heard(
    nothingAnnounced,
    feed(major('far', { locationId: 'location-2', locationName: 'South' }), major('near', { locationId: HERE })),
  );
  expect(toldTo(card(), announced).map(({ id, place }) => [id, place])).toEqual([
    ['near', ''],
    ['far', 'South'],
  ]);
});

test('what the card knew is told until something newer is heard of it', () => {
  const texts = (announced = nothingAnnounced) =>
    toldTo(card(open('a')), announced).map(({ announcement }) => announcement);
  expect(texts()).toEqual(['Known']);
  const during = heard(nothingAnnounced, feed(major('a')));
  expect(texts(during)).toEqual(['Live']);
  const over = heard(during, feed());
  expect(texts(over)).toEqual([]);
  expect(texts(heard(over, feed(major('a'))))).toEqual(['Live']);
});

test('one of which nothing may be read is still told of', () => {
  const announced = heard(nothingAnnounced, feed(major('a', { title: '', number: '', announcement: '' })));
  expect(toldTo(card(), announced)).toEqual([expect.objectContaining({ id: 'a', title: '', announcement: '' })]);
});
