import { sql } from 'kysely';
import type { CrmMatch } from '../../../contract/crm.ts';
import type { Executor } from '../../../store/database.ts';
import { markOf, wordsOf } from '../words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is searched of an object. */
export type Scope = {
  readonly object: string;
  /** Letters of the fields that count, see `fieldLetters`; undefined for all. */
  readonly letters?: string | undefined;
};

/** For each word that was typed, what may stand for it. */
export type Wanted = readonly (readonly string[])[];

export type SearchOptions = {
  readonly scopes: readonly Scope[];
  /** Of each object. */
  readonly limit: number;
  /** A last look at each match; what it refuses is left out. */
  readonly accept?: (match: CrmMatch, wanted: Wanted) => boolean;
};

export type Search = (text: string, options: SearchOptions) => Promise<CrmMatch[]>;

export type SearchSource = { readonly db: Executor; readonly tenantId: string; readonly vocabulary: Vocabulary };

/** Fewer than this, and what is a little different is shown, too. */
const few = 5;
/** Words typed beyond these make no difference. */
const mostTyped = 8;

/** Records that hold every word, or words that begin with it; where that finds little, words that are near to it. */
export function createSearch({ db, tenantId, vocabulary }: SearchSource): Search {
  return async (text, { accept = () => true, ...options }) => {
    const typed = wordsOf(text).slice(0, mostTyped);
    if (typed.length === 0 || options.scopes.length === 0) return [];
    const wanted = typed.map((word) => [word]);
    const found = (await findWords(db, tenantId, wanted, options)).filter((match) => accept(match, wanted));
    if (found.length >= few) return found;
    const wider = await Promise.all(
      typed.map(async (word) => (word.length < 3 ? [word] : [word, ...(await vocabulary.near(tenantId, word))])),
    );
    if (wider.every(({ length }) => length === 1)) return found;
    const known = new Set(found.map(({ record }) => record.id));
    const more = await findWords(db, tenantId, wider, options);
    return [...found, ...more.filter((match) => !known.has(match.record.id) && accept(match, wider))];
  };
}

/** Matches that are ranked: of a word that half of all records hold, some are left out. */
const mostRanked = 10_000;

/** Whole words come before beginnings, names that hold little else before longer ones, the latest changed first. */
async function findWords(
  db: Executor,
  tenantId: string,
  wanted: Wanted,
  { scopes, limit }: Pick<SearchOptions, 'scopes' | 'limit'>,
): Promise<CrmMatch[]> {
  const queries = scopes.map((scope) => queryOf(tenantId, scope, wanted));
  const whole = wanted.map(([word]) => word).join(' & ');
  const { rows } = await sql<CrmMatch>`
    select best.object, best.data as record
    from unnest(${scopes.map(({ object }) => object)}::text[], ${queries}::text[]) as scope (object, query)
    cross join lateral (
      select found.*, words @@ ${whole}::tsquery as is_whole, length(words) as size from (
        select object, id, data, changed_at, words from crm_record
        where tenant_id = ${tenantId} and crm_record.object = scope.object and deleted_at is null
          and words @@ scope.query::tsquery
        limit ${mostRanked}
      ) found
      order by is_whole desc, size, changed_at desc, id limit ${limit}
    ) best
    order by is_whole desc, size, changed_at desc, id
  `.execute(db);
  return rows;
}

/** Words hold letters and digits only, so they need no quoting. */
function queryOf(tenantId: string, { object, letters = '' }: Scope, wanted: Wanted): string {
  const words = wanted.map((alternatives) => `(${alternatives.map((word) => `${word}:*${letters}`).join(' | ')})`);
  return [`'${markOf(tenantId, object)}'`, ...words].join(' & ');
}
