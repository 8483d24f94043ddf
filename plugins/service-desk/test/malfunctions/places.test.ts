import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import type { Place, PlaceList } from '../../malfunctions/places.ts';
import { type Agent, type Desk, openDesk } from '../desk.ts';

/** Malfunctions by location, as the map asks for them, and the tiles below them. */

/** Answers each tile with its path, or with what is no picture. */
const tileServer = createServer((request, response) => {
  const type = request.url?.startsWith('/3/') ? 'text/html' : 'image/png';
  response.writeHead(request.url?.startsWith('/2/') ? 404 : 200, { 'content-type': type }).end(request.url);
});

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
  await new Promise<void>((resolve) => tileServer.listen(0, '127.0.0.1', resolve));
  const { port } = tileServer.address() as AddressInfo;
  const settings = { mapTiles: `http://127.0.0.1:${port}/{z}/{x}/{y}.png?key=secret`, mapTilesBy: 'Example Maps' };
  await desk.hub.hub.admin.plugins.enable('acme', 'service-desk', settings, 'test');
  await waitFor(
    'the mirror',
    async () => (await places('?state=all')).flatMap(({ folders }) => folders).length === 215,
    120_000,
  );
}, 240_000);
afterAll(async () => {
  tileServer.close();
  await desk.close();
});

async function loadTile(query: string): Promise<Response> {
  const headers = { origin: 'null', authorization: `Bearer ${agent.token}` };
  return await fetch(`${desk.hub.url}/panel/v1/plugins/service-desk/map/tile?${query}`, { headers });
}

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

test('tiles come through the hub, and browsers keep them', async () => {
  expect((await agent.get('/malfunctions/places')).body['tiles']).toEqual({ by: 'Example Maps' });
  const tile = await loadTile('z=4&x=8&y=5');
  expect([tile.status, tile.headers.get('content-type'), await tile.text()]).toEqual([
    200,
    'image/png',
    '/4/8/5.png?key=secret',
  ]);
  expect(tile.headers.get('cache-control')).toMatch(/^private, max-age=\d+/);
});

test.each([
  ['a tile that cannot be', 'z=1&x=2&y=0', 400],
  ['a number that is none', 'z=1&x=../2&y=0', 400],
  ['a tile that the server does not have', 'z=2&x=0&y=0', 404],
  ['a page instead of a picture', 'z=3&x=0&y=0', 502],
])('%s is answered as such', async (_what, query, status) => {
  expect((await loadTile(query)).status).toBe(status);
});

test('an address without the place of the tile is refused by name', async () => {
  const settings = { mapTiles: 'https://tiles.example.com/map.png' };
  await expect(desk.hub.hub.admin.plugins.configure('acme', 'service-desk', settings, 'test')).rejects.toThrow(
    /mapTiles/,
  );
});
