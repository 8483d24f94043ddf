import { json, type PluginTables, sql, type Sql, thisTenant } from '@switchboard/core/contract';
import type { Corpus } from './grams.ts';
import type { Traits } from './score.ts';
import { cellOf, cellsAround } from './traits.ts';

export type TraitObject = 'malfunction' | 'serviceCase' | 'phoneCall';
export type TraitState = 'live' | 'loose' | 'past';

/** A folder, a case or a call with its traits. */
export interface Entry extends Traits {
  readonly object: TraitObject;
  readonly id: string;
  readonly folderId: string | null;
  readonly state: TraitState;
}

export async function keepEntries(tables: PluginTables, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, cell: cellOf(entry), at: entry.at.toISOString() }));
  await tables.query(sql`
    insert into service_desk_trait (tenant_id, object, id, folder_id, state, company_id, location_id, lat, lng, cell, postcode,
      city, asset_kind, at, grams)
    select ${thisTenant}, one.object, one.id, one."folderId", one.state, one."companyId", one."locationId", one.lat,
      one.lng, one.cell, one.postcode, one.city, one."assetKind", one.at, one.grams
    from jsonb_to_recordset(${json(rows)}::jsonb) as one (object text, id uuid, "folderId" uuid, state text,
      "companyId" uuid, "locationId" uuid, lat double precision, lng double precision, cell text, postcode text,
      city text, "assetKind" text, at timestamptz, grams integer[])
    on conflict (tenant_id, object, id) do update set folder_id = excluded.folder_id, state = excluded.state,
      company_id = excluded.company_id, location_id = excluded.location_id, lat = excluded.lat, lng = excluded.lng,
      cell = excluded.cell, postcode = excluded.postcode, city = excluded.city, asset_kind = excluded.asset_kind,
      at = excluded.at, grams = excluded.grams`);
}

export async function dropEntry(tables: PluginTables, object: TraitObject, id: string): Promise<void> {
  await tables.query(sql`
    delete from service_desk_trait where tenant_id = ${thisTenant} and object = ${object} and id = ${id}`);
}

/** What is in a folder is looked at as long as the folder is open. */
export async function markMembers(tables: PluginTables, folderId: string, state: 'live' | 'past'): Promise<void> {
  await tables.query(sql`
    update service_desk_trait set state = ${state}
    where tenant_id = ${thisTenant} and folder_id = ${folderId} and state <> ${state}`);
}

const columns: Sql = sql`object, id, folder_id as "folderId", state, company_id as "companyId", location_id as "locationId",
  lat, lng, postcode, city, asset_kind as "assetKind", at, to_json(grams) as grams`;

/** Of each way of being found so many: what fits best, and of that the newest. */
const MOST_EACH = 40;

/**
 * What may have to do with something: at its place, nearby, of its customer, or in its words. Two hundred at most, however many there are.
 *
 * @param rare the rarest grams of its text
 * @param since of what is loose; older does not wait for a folder any more
 */
export async function findAround(
  tables: PluginTables,
  state: TraitState,
  traits: Traits,
  { rare, since }: { readonly rare: readonly number[]; readonly since: Date },
): Promise<Entry[]> {
  const { companyId, locationId, lat, lng, postcode, city } = traits;
  // As literals: the indexes of words are for these states alone, and what is past is not found by its words.
  const isOfWords = { live: sql`state = 'live'`, loose: sql`state = 'loose'`, past: sql`false` }[state];
  const best = (where: Sql, first: Sql) => sql`
    (select object, id from service_desk_trait
      where tenant_id = ${thisTenant} and state = ${state} and at >= ${since} and ${where}
      order by ${first} at desc limit ${MOST_EACH})`;
  const anyOrder = sql``;
  const nearest = sql`power(lat - ${lat}::double precision, 2)
    + power((lng - ${lng}::double precision) * cos(radians(${lat}::double precision)), 2),`;
  // Where both are on the map, the town says nothing more.
  const isInTown = sql`city = ${city} and city <> '' and (lat is null or ${lat}::double precision is null)`;
  return await tables.query<Entry>(sql`
    with found as materialized (
      ${best(sql`location_id = ${locationId}::uuid`, anyOrder)}
      union ${best(sql`company_id = ${companyId}::uuid`, anyOrder)}
      union ${best(sql`cell = any(${cellsAround(traits)}::text[])`, nearest)}
      union ${best(isInTown, sql`postcode <> ${postcode},`)}
      union ${best(sql`${isOfWords} and grams && ${rare}::integer[]`, anyOrder)}
    )
    select ${columns} from found join service_desk_trait using (object, id) where tenant_id = ${thisTenant}`);
}

/** A folder and its newest members: who wants to belong is compared with these. */
export async function groupOf(tables: PluginTables, folderId: string): Promise<Entry[]> {
  return await tables.query<Entry>(sql`
    (select ${columns} from service_desk_trait
      where tenant_id = ${thisTenant} and object = 'malfunction' and id = ${folderId})
    union all
    (select ${columns} from service_desk_trait
      where tenant_id = ${thisTenant} and folder_id = ${folderId} and object <> 'malfunction' order by at desc limit 12)`);
}

/** How usual these grams are among the tenant's texts. */
export async function corpusFor(tables: PluginTables, grams: readonly number[]): Promise<Corpus> {
  const [state, rows] = await Promise.all([
    tables.query<{ texts: number }>(sql`select texts from service_desk_suggesting where tenant_id = ${thisTenant}`),
    tables.query<{ gram: number; texts: number }>(sql`
      select gram, texts from service_desk_gram where tenant_id = ${thisTenant} and gram = any(${grams}::integer[])`),
  ]);
  return { texts: state[0]?.texts ?? 0, counts: new Map(rows.map(({ gram, texts }) => [gram, texts])) };
}

/** What stands in fewer texts is rare, however many there are. */
const FEWEST_TEXTS = 5;

/** Counts anew how usual each gram is. Reads every text: for a quiet hour. */
export async function countGrams(tables: PluginTables): Promise<void> {
  await tables.query(sql`delete from service_desk_gram where tenant_id = ${thisTenant}`);
  await tables.query(sql`
    insert into service_desk_gram (tenant_id, gram, texts)
    select ${thisTenant}, one.gram, count(*)
    from service_desk_trait, unnest(grams) as one (gram) where tenant_id = ${thisTenant}
    group by one.gram having count(*) >= ${FEWEST_TEXTS}`);
  await tables.query(sql`
    insert into service_desk_suggesting (tenant_id, texts)
    select ${thisTenant}, count(*) from service_desk_trait where tenant_id = ${thisTenant}
    on conflict (tenant_id) do update set texts = excluded.texts`);
}
