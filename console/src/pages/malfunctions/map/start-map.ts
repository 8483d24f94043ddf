import {
  type GeoJSONSource,
  type LayerSpecification,
  Map as GlMap,
  type MapMouseEvent,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Texts } from '../../../texts/index.ts';
import { baseStyle, fillBaseMap, grounds, paintGround, type Tiles } from './base-map.ts';
import { boundsOf, type Points } from './features.ts';

export interface FolderMap {
  /** Shows these places; the first time the map goes to where they are. */
  readonly show: (points: Points) => void;
  /** Rings a place, and brings it into sight. */
  readonly choose: (id: string | undefined) => void;
  readonly paint: (scheme: 'light' | 'dark') => void;
  readonly close: () => void;
}

interface MapOptions {
  readonly place: HTMLElement;
  readonly tiles: Tiles | undefined;
  readonly texts: Texts['malfunctions']['map'];
  /** Somebody clicked on a place. */
  readonly onChoose: (id: string) => void;
  /** Everything that was asked for is drawn. */
  readonly onIdle: () => void;
}

const SOURCE = 'places';
/** As the severities are coloured elsewhere, by weight; dark enough for white digits. */
const colors = ['#5c6570', '#3651c7', '#b8500a', '#c92a2a'] as const;
/** Nearer the map that ships with the hub shows nothing but names. */
const NEAREST_AT_FIRST = 10;

setWorkerUrl(workerUrl);

/** @throws when the browser cannot draw maps (no WebGL) */
export function startMap({ place, tiles, texts, onChoose, onIdle }: MapOptions): FolderMap {
  const map = new GlMap({
    container: place,
    style: baseStyle(grounds.light, tiles),
    center: [8, 50],
    zoom: 3,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    locale: {
      'Map.Title': texts.title,
      'NavigationControl.ZoomIn': texts.nearer,
      'NavigationControl.ZoomOut': texts.farther,
      'AttributionControl.ToggleAttribution': texts.sources,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  let points: Points = { type: 'FeatureCollection', features: [] };
  let hasLooked = false;
  let chosen: string | undefined;
  const draw = () => {
    void map.getSource<GeoJSONSource>(SOURCE)?.setData(points);
    const bounds = boundsOf(points);
    if (hasLooked || bounds === undefined) return;
    hasLooked = true;
    map.fitBounds(bounds, { padding: 60, maxZoom: NEAREST_AT_FIRST, animate: false });
  };
  let scheme: 'light' | 'dark' = 'light';
  let isThere = false;
  const paint = () => isThere && paintGround(map, grounds[scheme]);
  const ring = () => map.getLayer('chosen') && map.setFilter('chosen', ['==', ['get', 'id'], chosen ?? '']);
  map.on('load', () => {
    isThere = true;
    map.addSource(SOURCE, {
      type: 'geojson',
      data: points,
      cluster: true,
      clusterRadius: 44,
      clusterProperties: { count: ['+', ['get', 'count']], weight: ['max', ['get', 'weight']] },
    });
    for (const layer of layers) map.addLayer(layer);
    draw();
    ring();
    paint();
    // Without land the places still stand where they are.
    void fillBaseMap(map)
      .catch(() => undefined)
      .then(() => map.once('idle', onIdle));
  });
  map.on('click', 'places', (event) => void open(map, event, onChoose));
  for (const [event, cursor] of [
    ['mouseenter', 'pointer'],
    ['mouseleave', ''],
  ] as const) {
    map.on(event, 'places', () => void (map.getCanvas().style.cursor = cursor));
  }
  return {
    show(next) {
      points = next;
      draw();
    },
    choose(id) {
      chosen = id;
      ring();
      const found = points.features.find(({ properties }) => properties.id === id);
      if (found === undefined) return;
      const center = found.geometry.coordinates as [number, number];
      map.easeTo({ center, zoom: Math.max(map.getZoom(), NEAREST_AT_FIRST) });
    },
    paint(next) {
      scheme = next;
      paint();
    },
    close: () => map.remove(),
  };
}

const layers: readonly LayerSpecification[] = [
  {
    id: 'chosen',
    type: 'circle',
    source: SOURCE,
    filter: ['==', ['get', 'id'], ''],
    paint: { 'circle-radius': 22, 'circle-color': '#536ce1', 'circle-opacity': 0.35 },
  },
  {
    id: 'places',
    type: 'circle',
    source: SOURCE,
    paint: {
      'circle-radius': ['step', ['get', 'count'], 13, 10, 17, 100, 22],
      'circle-color': ['match', ['get', 'weight'], 1, colors[1], 2, colors[2], 3, colors[3], colors[0]],
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'counts',
    type: 'symbol',
    source: SOURCE,
    layout: { 'text-field': ['to-string', ['get', 'count']], 'text-size': 13, 'text-allow-overlap': true },
    paint: { 'text-color': '#ffffff' },
  },
];

/** A place is chosen; of a cluster the map shows more. */
async function open(map: GlMap, { point }: MapMouseEvent, onChoose: (id: string) => void): Promise<void> {
  const [hit] = map.queryRenderedFeatures(point, { layers: ['places'] });
  if (hit?.geometry.type !== 'Point') return;
  const { id, cluster_id: cluster } = hit.properties as { readonly id?: string; readonly cluster_id?: number };
  if (id !== undefined) onChoose(id);
  if (cluster === undefined) return;
  const zoom = await map.getSource<GeoJSONSource>(SOURCE)?.getClusterExpansionZoom(cluster);
  if (zoom !== undefined) map.easeTo({ center: hit.geometry.coordinates as [number, number], zoom });
}
