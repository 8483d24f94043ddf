import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { gramsOf, rarest, weigh } from './grams.ts';
import { type Reason, scoreOf, type Traits, type Weights } from './score.ts';
import { corpusFor, type Entry, findAround, groupOf } from './store.ts';
import { weightsFrom } from './weights.ts';

export interface Suggestion {
  readonly folderId: string;
  /** 0 to 1 */
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly features: Readonly<Record<string, number>>;
}

/** Something that belongs into a folder, or together with something else. */
export interface Candidate extends Omit<Suggestion, 'folderId'> {
  readonly object: 'serviceCase' | 'phoneCall';
  readonly id: string;
}

/** Less likely ones are not worth a look: of those from 0.3 to 0.4 one in six is right, as `npm run bench -- suggest` has it. */
const LEAST_SCORE = 0.4;
/** Of the odds of the best one. As a share of its probability it would let nearly all pass: between 0.90 and 0.97 the odds are one to three. */
const LEAST_ODDS_SHARE = 0.5;
const MOST_SHOWN = 5;
const MOST_CANDIDATES = 20;
const RARE_GRAMS = 8;
const DAY_MS = 86_400_000;
/** What has been in no folder for that long does not wait for one any more. */
const LOOSE_DAYS = 30;

interface Question {
  readonly tables: PluginTables;
  readonly now: number;
}

/** Open folders that something may belong to, the likeliest first. @param recordId whose pairs that were turned down are left out */
export async function suggestFolders(
  { tables, now }: Question,
  traits: Traits,
  recordId?: string,
): Promise<Suggestion[]> {
  const [words, weights, refused] = await Promise.all([
    corpusFor(tables, traits.grams).then((corpus) => weigh(traits.grams, corpus)),
    weightsOf(tables),
    recordId === undefined ? new Set<string>() : refusedFor(tables, recordId),
  ]);
  const around = await findAround(tables, 'live', traits, { rare: rarest(words, RARE_GRAMS), since: new Date(0) });
  const groups = Map.groupBy(
    around.filter(({ id }) => id !== recordId),
    ({ folderId }) => folderId,
  );
  return [...groups]
    .flatMap(([folderId, group]) => {
      if (folderId === null || refused.has(folderId)) return [];
      const { score, reasons, features } = scoreOf(traits, words, group, { weights, now: new Date(now) });
      return [{ folderId, score, reasons, features }];
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted(likeliestFirst)
    .filter(({ score }, _index, [best]) => oddsOf(score) >= oddsOf(best?.score ?? 0) * LEAST_ODDS_SHARE)
    .slice(0, MOST_SHOWN);
}

/** Calls and cases in no folder that may belong into this one. */
export async function suggestMembers({ tables, now }: Question, folderId: string): Promise<Candidate[]> {
  const group = await groupOf(tables, folderId);
  const refused = await refusedBy(tables, folderId);
  const found = new Map<string, Entry>();
  // The folder itself and its newest members each look around: what one of them finds is compared with all.
  const looking = group.slice(0, 4);
  for (const one of looking) {
    const words = weigh(one.grams, await corpusFor(tables, one.grams));
    for (const entry of await looseAround({ tables, now }, one, rarest(words, RARE_GRAMS))) found.set(entry.id, entry);
  }
  const candidates = [...found.values()].filter(({ id }) => !refused.has(id));
  return await scoreAll({ tables, now }, candidates, group);
}

/** Calls and cases in no folder that look like this one: what a new folder may begin with. */
export async function suggestSimilar(
  { tables, now }: Question,
  traits: Traits,
  recordId?: string,
): Promise<Candidate[]> {
  const words = weigh(traits.grams, await corpusFor(tables, traits.grams));
  const around = await looseAround({ tables, now }, traits, rarest(words, RARE_GRAMS));
  return await scoreAll(
    { tables, now },
    around.filter(({ id }) => id !== recordId),
    [traits],
  );
}

const looseAround = async ({ tables, now }: Question, traits: Traits, rare: readonly number[]) =>
  await findAround(tables, 'loose', traits, { rare, since: new Date(now - LOOSE_DAYS * DAY_MS) });

async function scoreAll(
  { tables, now }: Question,
  entries: readonly Entry[],
  group: readonly Traits[],
): Promise<Candidate[]> {
  if (group.length === 0) return [];
  const [weights, corpus] = await Promise.all([
    weightsOf(tables),
    corpusFor(tables, [...new Set(entries.flatMap(({ grams }) => grams))]),
  ]);
  return entries
    .flatMap((entry): Candidate[] => {
      const { object, id } = entry;
      if (object === 'malfunction') return [];
      const scored = scoreOf(entry, weigh(entry.grams, corpus), group, { weights, now: new Date(now) });
      return [{ object, id, score: scored.score, reasons: scored.reasons, features: scored.features }];
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted(likeliestFirst)
    .slice(0, MOST_CANDIDATES);
}

const oddsOf = (score: number): number => score / Math.max(1 - score, Number.EPSILON);

const likeliestFirst = (one: { readonly score: number }, other: { readonly score: number }) => other.score - one.score;

/** What is known of something that has no record yet: a call that rings, a case that is being written. */
export function traitsNow(given: Omit<Traits, 'grams' | 'at'> & { readonly text: string }, now: number): Traits {
  const { text, ...traits } = given;
  return { ...traits, at: new Date(now), grams: gramsOf(text) };
}

async function weightsOf(tables: PluginTables): Promise<Weights> {
  const [row] = await tables.query<{ weights: unknown }>(sql`
    select weights from service_desk_suggesting where tenant_id = ${thisTenant}`);
  return weightsFrom(row?.weights);
}

async function refusedFor(tables: PluginTables, recordId: string): Promise<ReadonlySet<string>> {
  const rows = await tables.query<{ id: string }>(sql`
    select folder_id as id from service_desk_decision
    where tenant_id = ${thisTenant} and record_id = ${recordId} and not is_accepted`);
  return new Set(rows.map(({ id }) => id));
}

async function refusedBy(tables: PluginTables, folderId: string): Promise<ReadonlySet<string>> {
  const rows = await tables.query<{ id: string }>(sql`
    select record_id as id from service_desk_decision
    where tenant_id = ${thisTenant} and folder_id = ${folderId} and not is_accepted`);
  return new Set(rows.map(({ id }) => id));
}
