import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as GlMap, StyleSpecification } from 'maplibre-gl';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import cities from 'virtual:cities';
import coarse from 'world-atlas/countries-50m.json?url';
import fine from 'world-atlas/countries-10m.json?url';

/**
 * The map that ships with the hub: land, borders and names of cities, all of it files of our own, so that it works
 * without the internet and tells nobody where the customers are.
 */

export interface Ground {
  readonly water: string;
  readonly land: string;
  readonly border: string;
  readonly name: string;
}

export const grounds: Readonly<Record<'light' | 'dark', Ground>> = {
  light: { water: '#dfe7f2', land: '#fbfbf9', border: '#b9c0c9', name: '#5c6570' },
  dark: { water: '#161a20', land: '#25282d', border: '#4d545c', name: '#a3abb3' },
};

/** From here on the coarse coast is too coarse. */
const FINE_ZOOM = 5;
const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Pictures of a tile server, in place of the names that we have. */
export interface Tiles {
  readonly url: string;
  /** Who made them. */
  readonly by: string;
}

export function baseStyle(ground: Ground, tiles: Tiles | undefined): StyleSpecification {
  const { sources, layers } = ownMap(ground);
  if (tiles === undefined) return { version: 8, sources, layers };
  return {
    version: 8,
    sources: {
      ...sources,
      tiles: { type: 'raster', tiles: [tiles.url], tileSize: 256, maxzoom: 19, attribution: textOnly(tiles.by) },
    },
    layers: [...layers.filter(({ id }) => id !== 'cities'), { id: 'tiles', type: 'raster', source: 'tiles' }],
  };
}

/** MapLibre draws attributions as HTML. */
function textOnly(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function ownMap({ water, land, border, name }: Ground): Omit<StyleSpecification, 'version'> {
  return {
    sources: {
      land: { type: 'geojson', data: nothing, attribution: 'Natural Earth' },
      borders: { type: 'geojson', data: nothing },
      cities: { type: 'geojson', data: nothing, attribution: 'GeoNames (CC BY 4.0)' },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': water } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': land } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': border, 'line-width': 1 } },
      {
        id: 'cities',
        type: 'symbol',
        source: 'cities',
        // A name needs room: the fewer people, the nearer one has to look.
        filter: ['>=', ['get', 'people'], ['step', ['zoom'], 3e6, 4, 1e6, 5, 4e5, 6, 1.5e5, 7, 5e4, 9, 0]],
        layout: {
          'text-field': ['get', 'name'],
          'text-size': ['interpolate', ['linear'], ['get', 'people'], 5e3, 11, 1e6, 14],
          'text-padding': 6,
          'symbol-sort-key': ['-', ['get', 'people']],
        },
        paint: { 'text-color': name, 'text-halo-color': land, 'text-halo-width': 1.5 },
      },
    ],
  };
}

/** In other colours; what is drawn stays. */
export function paintGround(map: GlMap, { water, land, border, name }: Ground): void {
  map.setPaintProperty('water', 'background-color', water);
  map.setPaintProperty('land', 'fill-color', land);
  map.setPaintProperty('borders', 'line-color', border);
  if (map.getLayer('cities') === undefined) return;
  map.setPaintProperty('cities', 'text-color', name);
  map.setPaintProperty('cities', 'text-halo-color', land);
}

/**
 * Draws the land, which is there when the promise resolves; then the names, and the finer coast as soon as somebody is near enough to see it.
 * @throws when the land cannot be loaded; without names and the finer coast it is a map all the same
 */
export async function fillBaseMap(map: GlMap): Promise<void> {
  await drawLand(map, coarse);
  drawNames(map).catch(() => undefined);
  const drawFine = () => {
    if (map.getZoom() < FINE_ZOOM) return;
    map.off('zoomend', drawFine);
    drawLand(map, fine).catch(() => undefined);
  };
  map.on('zoomend', drawFine);
  drawFine();
}

async function drawLand(map: GlMap, url: string): Promise<void> {
  const { land, borders } = await readCountries(url);
  await Promise.all([sourceOf(map, 'land')?.setData(land), sourceOf(map, 'borders')?.setData(borders)]);
}

async function drawNames(map: GlMap): Promise<void> {
  // Tiles have names of their own.
  if (map.getLayer('cities') !== undefined) await sourceOf(map, 'cities')?.setData(await readCities());
}

/** Undefined when the map has been closed meanwhile. */
function sourceOf(map: GlMap, id: string): GeoJSONSource | undefined {
  return map.getStyle() === undefined ? undefined : map.getSource<GeoJSONSource>(id);
}

type Atlas = Topology<{ readonly countries: GeometryCollection<Record<string, never>> }>;

async function readCountries(url: string) {
  const atlas = (await readJson(url)) as Atlas;
  const { countries } = atlas.objects;
  const borders = mesh(atlas, countries, (one, other) => one !== other);
  return { land: feature(atlas, countries), borders: { type: 'Feature' as const, geometry: borders, properties: {} } };
}

async function readCities(): Promise<FeatureCollection> {
  const rows = (await readJson(cities)) as readonly (readonly [string, number, number, number])[];
  return {
    type: 'FeatureCollection',
    features: rows.map(([name, lng, lat, people]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: { name, people },
    })),
  };
}

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The base map cannot be loaded (${answer.status})`);
  return await answer.json();
}
