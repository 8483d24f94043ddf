import { alike, type Weighed } from './grams.ts';

/** How well something belongs to a group of others, and why. Pure. */

export interface Traits {
  readonly companyId: string | null;
  readonly locationId: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  /** Without spaces, upper case; empty when unknown. */
  readonly postcode: string;
  /** Lower case. */
  readonly city: string;
  readonly assetKind: string;
  readonly at: Date;
  readonly grams: readonly number[];
}

/** Each from 0 to 1. */
export const featureNames = [
  'location',
  'near',
  'asset',
  'customer',
  'recent',
  'words',
  'elsewhere',
  'otherAsset',
] as const;
export type FeatureName = (typeof featureNames)[number];
export type Features = Readonly<Record<FeatureName, number>>;
export type Weights = Readonly<Record<FeatureName | 'bias', number>>;

/** What speaks for it, for people: a code with what its sentence names. */
export type Reason =
  | { readonly code: 'same-location' | 'same-postcode' | 'same-city' | 'same-customer' }
  | { readonly code: 'near'; readonly metres: number }
  | { readonly code: 'same-asset-kind'; readonly assetKind: string }
  | { readonly code: 'recent'; readonly minutes: number }
  | { readonly code: 'words-alike'; readonly percent: number };

export interface Scored {
  /** 0 to 1: how likely it belongs there. */
  readonly score: number;
  readonly features: Features;
  /** What counts most comes first. */
  readonly reasons: readonly Reason[];
}

/** Within this distance things may have one cause. */
const NEAR_METRES = 6000;
/** Half as near. */
const NEAR_HALF_METRES = 700;
const RECENT_HOURS = 48;

/**
 * @param words of the one that is looked at
 * @param group the folder and calls and cases in it, or one other alone; not empty
 */
export function scoreOf(
  one: Traits,
  words: Weighed,
  group: readonly Traits[],
  { weights, now }: { readonly weights: Weights; readonly now: Date },
): Scored {
  const metres = nearest(one, group);
  const some = (test: (other: Traits) => boolean) => group.some(test);
  const isHere = some(({ locationId }) => one.locationId !== null && locationId === one.locationId);
  const isCustomer = some(({ companyId }) => one.companyId !== null && companyId === one.companyId);
  const isPostcode = some(({ postcode }) => one.postcode !== '' && postcode === one.postcode);
  const isCity = some(({ city }) => one.city !== '' && city === one.city);
  const kinds = new Set(group.flatMap(({ assetKind }) => (assetKind === '' ? [] : [assetKind])));
  const isKind = kinds.has(one.assetKind);
  const minutes = Math.max(0, Math.min(...group.map(({ at }) => minutesBetween(one.at, at, now))));
  const near = isHere ? 0 : nearness(metres, isPostcode, isCity);
  const isPlaced = one.locationId !== null && some(({ locationId }) => locationId !== null);
  const features: Features = {
    location: isHere ? 1 : 0,
    near,
    asset: isKind ? 1 : 0,
    customer: isCustomer ? 1 : 0,
    recent: Math.exp(-minutes / (RECENT_HOURS * 60)),
    words: Math.max(...group.map(({ grams }) => alike(words, grams))),
    elsewhere: isPlaced && !isHere && !isCustomer ? 1 - near : 0,
    otherAsset: !isKind && kinds.size > 0 && one.assetKind !== '' ? 1 : 0,
  };
  const found = { metres, isPostcode, isCity, minutes, assetKind: one.assetKind };
  return { score: probability(features, weights), features, reasons: reasonsOf(features, weights, found) };
}

export function probability(features: Features, weights: Weights): number {
  const sum = featureNames.reduce((total, name) => total + weights[name] * features[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

interface Found {
  readonly metres: number | undefined;
  readonly isPostcode: boolean;
  readonly isCity: boolean;
  readonly minutes: number;
  readonly assetKind: string;
}

/** What adds less than this is no reason. */
const LEAST_PART = 0.12;

function reasonsOf(features: Features, weights: Weights, found: Found): Reason[] {
  return featureNames
    .map((name) => ({ name, part: weights[name] * features[name] }))
    .filter(({ part }) => part >= LEAST_PART)
    .toSorted((one, other) => other.part - one.part)
    .flatMap(({ name }) => reasonOf(name, features, found) ?? []);
}

function reasonOf(name: FeatureName, { words }: Features, found: Found): Reason | undefined {
  if (name === 'location') return { code: 'same-location' };
  if (name === 'customer') return { code: 'same-customer' };
  if (name === 'asset') return { code: 'same-asset-kind', assetKind: found.assetKind };
  if (name === 'recent') return { code: 'recent', minutes: Math.round(found.minutes) };
  if (name === 'words') return { code: 'words-alike', percent: Math.round(words * 100) };
  if (name !== 'near') return undefined;
  if (found.metres !== undefined) return { code: 'near', metres: Math.round(found.metres / 50) * 50 };
  return { code: found.isPostcode ? 'same-postcode' : 'same-city' };
}

function nearness(metres: number | undefined, isPostcode: boolean, isCity: boolean): number {
  if (metres !== undefined) return metres > NEAR_METRES ? 0 : 1 / (1 + metres / NEAR_HALF_METRES);
  if (isPostcode) return 0.8;
  return isCity ? 0.2 : 0;
}

function minutesBetween(one: Date, other: Date, now: Date): number {
  const from = Math.min(one.getTime(), now.getTime());
  return Math.abs(from - Math.min(other.getTime(), now.getTime())) / 60_000;
}

function nearest(one: Traits, group: readonly Traits[]): number | undefined {
  const distances = group.flatMap((other) => distance(one, other) ?? []);
  return distances.length === 0 ? undefined : Math.min(...distances);
}

const EARTH_METRES = 6_371_000;

/** On the sphere; undefined when one of both has no place on the map. */
function distance(one: Traits, other: Traits): number | undefined {
  if (one.lat === null || one.lng === null || other.lat === null || other.lng === null) return undefined;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [lat, lng] = [radians(other.lat - one.lat), radians(other.lng - one.lng)];
  const chord =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(lng / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
