import type { Feature, FeatureCollection, Point } from 'geojson';
import type { Place } from '../../../api/malfunctions.ts';

/** What the map knows of a place; clusters add up the counts and take the highest weight. */
interface PointProperties {
  readonly id: string;
  readonly count: number;
  /** 0 to 3, of the gravest malfunction. */
  readonly weight: number;
}

export type Points = FeatureCollection<Point, PointProperties>;

const weights: Readonly<Record<string, number>> = { MINOR: 0, MODERATE: 1, MAJOR: 2, CRITICAL: 3 };

/** The places that have coordinates. */
export function pointsOf(places: readonly Place[]): Points {
  return { type: 'FeatureCollection', features: places.flatMap((place) => pointOf(place) ?? []) };
}

function pointOf({ location, position, folders, severity }: Place): Feature<Point, PointProperties> | undefined {
  if (location === null || position === null) return undefined;
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [position.lng, position.lat] },
    properties: { id: location.id, count: folders.length, weight: weights[severity] ?? 0 },
  };
}

/** West, south, east and north of all points; undefined without any. */
export function boundsOf({ features }: Points): [number, number, number, number] | undefined {
  if (features.length === 0) return undefined;
  const [lngs, lats] = [0, 1].map((axis) => features.map(({ geometry }) => geometry.coordinates[axis] ?? 0)) as [
    number[],
    number[],
  ];
  return [lngs.reduce(least), lats.reduce(least), lngs.reduce(most), lats.reduce(most)];
}

const least = (one: number, other: number): number => Math.min(one, other);
const most = (one: number, other: number): number => Math.max(one, other);
