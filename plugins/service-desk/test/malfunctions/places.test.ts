import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import type { Place, PlaceList } from '../../malfunctions/places.ts';
import { type Agent, type Desk, openDesk } from '../desk.ts';

/** Malfunctions by location, as the map asks for them. */

let desk: Desk;
let agent: Agent;

const HARBOUR = { addressCity: 'Rotterdam', addressLat: 51.9, addressLng: 4.48 };
const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

beforeAll(async () => {
  desk = await openDesk({ isEnabled: false });
  agent = await desk.join('Alex', 'Agent');
  const quay = await desk.create('location', { name: 'Quay Tower', siteAddress: HARBOUR });
  const barn = await desk.create('location', { name: 'Old barn', siteAddress: { addressCity: 'Delft' } });
  const fault = { kind: 'OUTAGE', status: 'REPORTED', severity: 'MINOR' };
  const data = [
    { ...fault, name: 'First', title: 'Lift stands still', openedAt: day(2), locationId: quay },
    { ...fault, name: 'Second', title: 'No light', openedAt: day(3), locationId: quay, severity: 'CRITICAL' },
    { ...fault, name: 'Third', title: 'Leak', openedAt: day(4), locationId: barn, kind: 'LEAK' },
    { ...fault, name: 'Fourth', title: 'Somewhere', openedAt: day(5) },
    { ...fault, name: 'Old', title: 'Mended long ago', openedAt: day(1), status: 'CLOSED', locationId: quay },
    // More than one page of lists.
    ...Array.from({ length: 210 }, (_, index) => ({
      ...fault,
      name: `Noise ${index}`,
      kind: 'NOISE',
      openedAt: day(10),
    })),
  ];
  const mutation = 'mutation M($data: [MalfunctionCreateInput!]!) { createMalfunctions(data: $data) { id } }';
  for (const part of [data.slice(0, 150), data.slice(150)]) await desk.hub.crm.records(mutation, { data: part });
  await desk.hub.hub.admin.plugins.enable('acme', 'service-desk', {}, 'test');
  await waitFor(
    'the mirror',
    async () => (await places('?state=all')).flatMap(({ folders }) => folders).length === 215,
  );
}, 60_000);
afterAll(async () => await desk.close());

async function places(query: string): Promise<readonly Place[]> {
  return ((await agent.get(`/malfunctions/places${query}`)).body as unknown as PlaceList).places;
}

const titles = ({ folders }: Place) => folders.map(({ title }) => title);

test('a place has its coordinates, its malfunctions and the gravest of them', async () => {
  const found = await places(`?until=${day(6)}`);
  expect(found.map(({ location, position, severity }) => [location?.name, position, severity])).toEqual([
    ['Quay Tower', { lng: 4.48, lat: 51.9 }, 'CRITICAL'],
    [undefined, null, 'MINOR'],
    ['Old barn', null, 'MINOR'],
  ]);
  expect(found.map(titles)).toEqual([['No light', 'Lift stands still'], ['Somewhere'], ['Leak']]);
});

test('what ended is found behind pages of what is open', async () => {
  expect((await places('?state=ended')).map(titles)).toEqual([['Mended long ago']]);
});

test('the list finds what was opened before many others', async () => {
  const { folders, isCut } = (await agent.get(`/malfunctions?kind=LEAK&until=${day(6)}`)).body as {
    folders: { title: string }[];
    isCut: boolean;
  };
  expect([folders.map(({ title }) => title), isCut]).toEqual([['Leak'], false]);
});

test('times are compared as moments, whatever their zone', async () => {
  const found = await places(`?since=${encodeURIComponent('2026-01-05T01:00:00+01:00')}&until=${day(6)}`);
  expect(found.map(titles)).toEqual([['Somewhere']]);
});
