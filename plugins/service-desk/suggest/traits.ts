import type { CrmRecord } from '@switchboard/core/contract';
import { linkOf } from '../malfunctions/call-state.ts';
import { gramsOf } from './grams.ts';
import type { Traits } from './score.ts';

/** From records to what suggestions look at. Pure. */

export interface Around {
  readonly location: CrmRecord | undefined;
  readonly asset: CrmRecord | undefined;
}

export function traitsOf(record: CrmRecord, { location, asset }: Around, now: Date): Traits {
  const at = Date.parse(linkOf(record, 'openedAt') ?? linkOf(record, 'startedAt') ?? '');
  return {
    companyId: linkOf(record, 'companyId') ?? linkOf(location, 'companyId'),
    locationId: linkOf(record, 'locationId'),
    ...placeOf(location),
    assetKind: linkOf(record, 'assetKind') ?? linkOf(asset, 'kind') ?? '',
    at: Number.isNaN(at) ? now : new Date(at),
    grams: gramsOf([record['subject'], record['title'], record['summary']].filter(isText).join(' ')),
  };
}

/** Where on the map a location is: coordinates, and what stands for them where there are none. */
export function placeOf(location: CrmRecord | undefined): Pick<Traits, 'lat' | 'lng' | 'postcode' | 'city'> {
  const address = (location?.['siteAddress'] ?? {}) as Readonly<Record<string, unknown>>;
  const [lat, lng] = [degrees(address['addressLat'], 90), degrees(address['addressLng'], 180)];
  const isPlaced = lat !== null && lng !== null && (lat !== 0 || lng !== 0);
  const country = text(address['addressCountry']).trim().toLowerCase();
  const postcode = text(address['addressPostcode'])
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  const city = text(address['addressCity']).trim().toLowerCase();
  return {
    lat: isPlaced ? lat : null,
    lng: isPlaced ? lng : null,
    postcode: postcode === '' ? '' : `${country} ${postcode}`.slice(0, 80),
    city: city === '' ? '' : `${country} ${city}`.slice(0, 120),
  };
}

/** Squares of about five kilometres in which neighbours are looked for. */
const SQUARE_DEGREES = 0.06;

export function cellOf({ lat, lng }: Pick<Traits, 'lat' | 'lng'>): string | null {
  if (lat === null || lng === null) return null;
  const [row, column] = squareOf(lat, lng);
  return `${row}/${column}`;
}

/** The square of a place and the eight around it. */
export function cellsAround({ lat, lng }: Pick<Traits, 'lat' | 'lng'>): string[] {
  if (lat === null || lng === null) return [];
  const [row, column] = squareOf(lat, lng);
  const steps = [-1, 0, 1];
  return steps.flatMap((down) => steps.map((right) => `${row + down}/${column + right}`));
}

/** Meridians come together towards the poles, so squares take more degrees there: by the row, in steps that neighbours share. */
function squareOf(lat: number, lng: number): readonly [number, number] {
  const band = Math.min(80, Math.abs(Math.round(lat / 10) * 10));
  return [Math.floor(lat / SQUARE_DEGREES), Math.floor((lng * Math.cos((band * Math.PI) / 180)) / SQUARE_DEGREES)];
}

/** Twenty answers coordinates as numbers or as texts, as they were written. */
function degrees(value: unknown, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= most ? number : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function text(value: unknown): string {
  return isText(value) ? value : '';
}
