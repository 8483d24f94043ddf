import { createHash } from 'node:crypto';
import { gramsOf } from '../../plugins/service-desk/suggest/grams.ts';
import type { Entry } from '../../plugins/service-desk/suggest/store.ts';
import { faults, type Fault, languages, smallTalk } from './phrases.ts';

/**
 * Cases of a service desk with the folder that each belongs to, made with noise: slips of the finger, several languages about one fault, wrong
 * locations, and many cases that belong to nothing. The same numbers give the same cases.
 */

export interface Labelled {
  readonly entry: Entry;
  /** Of the folder that it belongs to; null: to none. */
  readonly belongsTo: string | null;
}

export interface Corpus {
  readonly entries: readonly Entry[];
  readonly questions: readonly Labelled[];
}

const CITIES = [
  ['amsterdam', 52.37, 4.9],
  ['rotterdam', 51.92, 4.48],
  ['utrecht', 52.09, 5.12],
  ['hamburg', 53.55, 9.99],
  ['berlin', 52.52, 13.4],
  ['lille', 50.63, 3.06],
] as const;

const FOLDERS = 400;
const SITES = 3000;
const COMPANIES = 600;
const DAY_MS = 86_400_000;

/** @param random from 0 to 1 */
export function makeCorpus(cases: number, asked: number, now: Date, random: () => number): Corpus {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const sites = Array.from({ length: SITES }, (_, index) => siteOf(index, random));
  const folders = Array.from({ length: FOLDERS }, (_, index) => ({
    id: idOf(`folder ${index}`),
    site: pick(sites),
    fault: pick(faults),
    at: now.getTime() - random() ** 2 * 4 * DAY_MS,
  }));
  let next = 0;
  const one = (site: Site, fault: Fault | undefined, at: number, place: Pick<Entry, 'state' | 'folderId'>): Entry => {
    const said = fault === undefined ? pick(smallTalk[pick(languages)]) : pick(fault.said[pick(languages)]);
    const text = chance(0.35) ? `${said} ${pick(smallTalk[pick(languages)])}` : said;
    const id = idOf(`case ${(next += 1)}`);
    const assetKind = fault !== undefined && chance(0.7) ? fault.assetKind : '';
    return {
      object: 'serviceCase',
      id,
      ...place,
      ...site,
      assetKind,
      at: new Date(at),
      grams: gramsOf(misspelt(text, random)),
    };
  };
  /** Belongs to the folder, but was not always heard right. */
  const memberOf = (folder: (typeof folders)[number], place: Pick<Entry, 'state' | 'folderId'>): Entry => {
    const near = chance(0.25) ? neighbour(folder.site, random) : folder.site;
    const site = chance(0.1) ? pick(sites) : near;
    return one(site, folder.fault, Math.min(now.getTime(), folder.at + random() * 10 * 3_600_000), place);
  };
  const entries: Entry[] = folders.map(({ id, site, fault, at }) => ({
    object: 'malfunction',
    id,
    folderId: id,
    state: 'live',
    ...site,
    assetKind: fault.assetKind,
    at: new Date(at),
    grams: gramsOf(pick(fault.said[pick(languages)])),
  }));
  for (const folder of folders) {
    const size = 2 + Math.floor(random() * 14);
    for (let index = 0; index < size; index += 1)
      entries.push(memberOf(folder, { state: 'live', folderId: folder.id }));
  }
  while (entries.length < cases + FOLDERS) {
    const state = chance(0.15) ? 'loose' : 'past';
    const at = now.getTime() - random() * (state === 'loose' ? 20 : 700) * DAY_MS;
    entries.push(one(pick(sites), chance(0.7) ? pick(faults) : undefined, at, { state, folderId: null }));
  }
  const questions = Array.from({ length: asked }, (): Labelled => {
    if (chance(0.65)) {
      const folder = pick(folders);
      return { entry: { ...memberOf(folder, loose), at: now }, belongsTo: folder.id };
    }
    return { entry: one(pick(sites), chance(0.6) ? pick(faults) : undefined, now.getTime(), loose), belongsTo: null };
  });
  return { entries, questions };
}

const loose = { state: 'loose', folderId: null } as const;

type Site = Pick<Entry, 'companyId' | 'locationId' | 'lat' | 'lng' | 'postcode' | 'city'>;

function siteOf(index: number, random: () => number): Site {
  const [city, lat, lng] = CITIES[index % CITIES.length] ?? CITIES[0];
  const isMapped = random() < 0.8;
  return {
    companyId: idOf(`company ${index % COMPANIES}`),
    locationId: idOf(`site ${index}`),
    lat: isMapped ? lat + (random() - 0.5) * 0.3 : null,
    lng: isMapped ? lng + (random() - 0.5) * 0.4 : null,
    postcode: `xx ${1000 + (index % 900)}`,
    city: `xx ${city}`,
  };
}

/** Another customer in the same street, who has the same fault. */
function neighbour(site: Site, random: () => number): Site {
  const step = () => (random() - 0.5) * 0.008;
  const name = String(random());
  return {
    ...site,
    companyId: idOf(`neighbour ${name}`),
    locationId: idOf(`next to ${name}`),
    lat: site.lat === null ? null : site.lat + step(),
    lng: site.lng === null ? null : site.lng + step(),
  };
}

/** One slip in about twelve letters: left out, doubled, or changed places with the next. */
function misspelt(text: string, random: () => number): string {
  return Array.from(text)
    .map((letter, index, letters) => {
      if (random() > 0.08) return letter;
      const slip = Math.floor(random() * 3);
      return slip === 0 ? '' : slip === 1 ? letter + letter : `${letters[index + 1] ?? ''}${letter}`;
    })
    .join('');
}

function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
