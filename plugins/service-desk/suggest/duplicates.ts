import type { CrmReader, MemberReader, PluginTables } from '@switchboard/core/contract';
import { linkOf } from '../malfunctions/call-state.ts';
import { casesOf } from '../malfunctions/members.ts';
import { isEnded } from '../map.ts';
import { rarest, weigh } from './grams.ts';
import { entriesOf } from './keep.ts';
import { type Reason, scoreOf } from './score.ts';
import { corpusFor, type Entry, findAround } from './store.ts';
import { traitsNow } from './suggest.ts';
import { placeOf } from './traits.ts';
import { firstWeights } from './weights.ts';

/** Cases that the one which is being written may be already. */

export interface Duplicate {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly openedAt: string | null;
  readonly score: number;
  readonly reasons: readonly (Reason | { readonly code: 'same-contact' })[];
}

interface Sources {
  readonly tables: PluginTables;
  /** Of the member. */
  readonly crm: MemberReader;
  readonly all: CrmReader;
  readonly now: number;
}

/** What is known while somebody writes. */
export interface Writing {
  readonly personId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly assetId?: string | undefined;
  readonly text: string;
}

const MOST_OF_PERSON = 20;
const MOST_SHOWN = 5;
const RARE_GRAMS = 8;
const LEAST_SCORE = 0.5;
/** What was over before that is another matter. */
const RECENT_DAYS = 14;
const DAY_MS = 86_400_000;
/** How much the same contact says by itself. */
const SAME_CONTACT = 0.5;

/** @returns the likeliest first; open ones, and those that were over a short time ago */
export async function findDuplicates(sources: Sources, writing: Writing): Promise<Duplicate[]> {
  const { tables, crm, now } = sources;
  const since = new Date(now - RECENT_DAYS * DAY_MS);
  const traits = await traitsOfWriting(sources, writing);
  const words = weigh(traits.grams, await corpusFor(tables, traits.grams));
  const found = { rare: rarest(words, RARE_GRAMS), since: new Date(0) };
  const [live, loose, past, own] = await Promise.all([
    findAround(tables, 'live', traits, found),
    findAround(tables, 'loose', traits, found),
    findAround(tables, 'past', traits, { ...found, since }),
    entriesOfPerson(sources, writing.personId),
  ]);
  const entries = new Map([...live, ...loose, ...past, ...own].map((entry) => [entry.id, entry]));
  const candidates = [...entries.values()].filter(({ object }) => object === 'serviceCase');
  const cases = await casesOf(
    { tables, crm, now },
    candidates.map(({ id }) => id),
  );
  const seesName = await crm.sees('serviceCase', 'name');
  return candidates
    .flatMap((entry): Duplicate[] => {
      const record = cases.get(entry.id);
      if (record === undefined || !seesName || linkOf(record, 'mergedIntoId') !== null) return [];
      if (isEnded(record['status']) && entry.at < since) return [];
      const scored = scoreOf(traits, words, [entry], { weights: firstWeights, now: new Date(now) });
      const isSame = writing.personId !== undefined && linkOf(record, 'personId') === writing.personId;
      return [
        {
          id: entry.id,
          name: linkOf(record, 'name') ?? '',
          status: linkOf(record, 'status') ?? '',
          openedAt: linkOf(record, 'openedAt'),
          score: isSame ? 1 - (1 - scored.score) * SAME_CONTACT : scored.score,
          reasons: [...(isSame ? [{ code: 'same-contact' as const }] : []), ...scored.reasons],
        },
      ];
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST_SHOWN);
}

async function entriesOfPerson({ all, tables, now }: Sources, personId: string | undefined): Promise<Entry[]> {
  if (personId === undefined) return [];
  const source = { object: 'serviceCase', at: 'openedAt', equal: { personId } };
  const newest = await all.newest([source], { limit: MOST_OF_PERSON });
  return await entriesOf(
    { crm: all, tables, now },
    'serviceCase',
    newest.map(({ record }) => record),
  );
}

async function traitsOfWriting({ crm, now }: Sources, { companyId, locationId, assetId, text }: Writing) {
  const [location, asset] = await Promise.all([
    locationId === undefined ? undefined : crm.get('location', locationId),
    assetId === undefined ? undefined : crm.get('asset', assetId),
  ]);
  const known = {
    companyId: companyId ?? linkOf(location, 'companyId'),
    locationId: locationId ?? null,
    assetKind: linkOf(asset, 'kind') ?? '',
  };
  return traitsNow({ ...known, ...placeOf(location), text }, now);
}
