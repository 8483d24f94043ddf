import type { CrmRecord } from '@switchboard/core/contract';
import { placeOf } from '../suggest/traits.ts';
import { linkOf } from './call-state.ts';
import { severities } from './choices.ts';
import { type FolderFilter, findFolders, type Sources } from './list.ts';
import { type Named, namesFor, type ShownFolder, shownFolder } from './shown.ts';

/** A location with its malfunctions, for the map. */
export interface Place {
  /** Null: the malfunctions of no location, or of one that the member may not see. */
  readonly location: Named | null;
  /** Degrees, WGS 84. Null: its address has no coordinates. */
  readonly position: { readonly lng: number; readonly lat: number } | null;
  /** Of the gravest. */
  readonly severity: string;
  /** The newest first. */
  readonly folders: readonly ShownFolder[];
}

export interface PlaceList {
  /** Those with the gravest first, then those with the most. */
  readonly places: readonly Place[];
  /** There are more malfunctions than are shown. */
  readonly isCut: boolean;
}

/** A map shows more than a list can, and clusters what is near. */
const MOST_ON_MAP = 2000;

/** Malfunctions by location, as many as a map can show. */
export async function listPlaces(sources: Sources, filter: FolderFilter): Promise<PlaceList> {
  const { crm } = sources;
  const { records, isCut } = await findFolders(sources, filter, MOST_ON_MAP);
  const names = await namesFor(crm, records);
  const byLocation = Map.groupBy(records, (one) => names('location', linkOf(one, 'locationId'))?.id ?? null);
  const locations = await crm.getMany(
    'location',
    [...byLocation.keys()].filter((id) => id !== null),
  );
  const places = [...byLocation].map(([id, own]): Place => {
    const folders = own.map((one) => shownFolder(one, names));
    return {
      location: names('location', id),
      position: positionOf(id === null ? undefined : locations.get(id)),
      severity: gravest(folders),
      folders,
    };
  });
  return { places: places.toSorted(gravestFirst), isCut };
}

function positionOf(location: CrmRecord | undefined): Place['position'] {
  const { lat, lng } = placeOf(location);
  return lat === null || lng === null ? null : { lng, lat };
}

/** As the choices stand in Twenty: from the least to the gravest. */
const weightOf = (severity: string) => (severities as readonly string[]).indexOf(severity);

function gravest(folders: readonly ShownFolder[]): string {
  return folders.reduce((most, { severity }) => (weightOf(severity) > weightOf(most) ? severity : most), '');
}

function gravestFirst(one: Place, other: Place): number {
  return weightOf(other.severity) - weightOf(one.severity) || other.folders.length - one.folders.length;
}
