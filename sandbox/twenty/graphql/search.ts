import { GraphqlError } from '../errors.ts';
import { isObject } from '../records/arguments.ts';
import { formatValue } from '../records/format.ts';
import { type Row, type Session, shapeOf } from '../records/session.ts';
import { createParams, readAllSql, tableSql } from '../records/sql.ts';
import type { ObjectMetadata } from '../types.ts';

type SearchArguments = {
  searchInput: string;
  limit: number;
  after?: string | null;
  includedObjectNameSingulars?: string[] | null;
  excludedObjectNameSingulars?: string[] | null;
};

type Hit = {
  recordId: string;
  objectNameSingular: string;
  objectLabelSingular: string;
  label: string;
  imageUrl: string;
  tsRankCD: number;
  tsRank: number;
};

type Cursor = { lastRanks: { tsRankCD: number; tsRank: number }; lastRecordIdsPerObject: Record<string, string> };

const MAX_LIMIT = 100;

/** Prefix search over the search fields of all searchable objects, best match first.  */
export async function search(session: Session, args: SearchArguments) {
  if (args.limit > MAX_LIMIT) {
    const userFriendlyMessage = 'An error occurred.';
    throw new GraphqlError(`Limit cannot exceed ${MAX_LIMIT} items`, 'BAD_USER_INPUT', { userFriendlyMessage });
  }
  const after = readCursor(args.after);
  const objects = searchedObjects(session, args);
  const found = await Promise.all(objects.map((object) => searchObject(session, object, args, after)));
  const hits = found.flat().toSorted(byRank(session));
  const page = hits.slice(0, args.limit);
  const lastIds = { ...after?.lastRecordIdsPerObject };
  const edges = page.map((node) => {
    lastIds[node.objectNameSingular] = node.recordId;
    return { node, cursor: writeCursor(node, lastIds) };
  });
  const pageInfo = { hasNextPage: hits.length > page.length, endCursor: edges.at(-1)?.cursor ?? null };
  return { edges, pageInfo };
}

/** An object named on purpose must be readable; of the others the unreadable ones are left out. */
function searchedObjects(session: Session, args: SearchArguments): ObjectMetadata[] {
  const { includedObjectNameSingulars: included, excludedObjectNameSingulars: excluded } = args;
  const isNamed = (object: ObjectMetadata) => included?.includes(object.nameSingular) === true;
  const candidates = session.model.objects.filter(
    (object) =>
      object.isSearchable &&
      object.isActive &&
      (included === undefined || included === null || isNamed(object)) &&
      excluded?.includes(object.nameSingular) !== true,
  );
  for (const object of candidates.filter(isNamed)) session.permissions.demand('read', object);
  return candidates.filter((object) => session.permissions.can('read', object));
}

async function searchObject(
  session: Session,
  object: ObjectMetadata,
  args: SearchArguments,
  after: Cursor | undefined,
): Promise<Hit[]> {
  const params = createParams();
  const terms = args.searchInput.split(/\s+/).map((term) => term.replace(/[&|!():*<>'\\]/g, ' ').trim());
  const words = terms.flatMap((term) => term.split(/\s+/)).filter((word) => word !== '');
  const all = params.add(words.map((word) => `${word}:*`).join(' & '));
  const any = params.add(words.map((word) => `${word}:*`).join(' | '));
  const rank = words.length === 0 ? '0::float4' : `ts_rank(r."searchVector", to_tsquery('simple', ${any}))`;
  const rankCd = words.length === 0 ? '0::float4' : `ts_rank_cd(r."searchVector", to_tsquery('simple', ${all}))`;
  const matches =
    words.length === 0
      ? `${all}::text is not null and ${any}::text is not null`
      : `(r."searchVector" @@ to_tsquery('simple', ${all}) or r."searchVector" @@ to_tsquery('simple', ${any}))`;
  const { columns } = shapeOf(session.model, object);
  const { rows } = await session.db.query(
    `select * from (
       select ${readAllSql('r', columns.values())}, ${rankCd} as "__rankCd", ${rank} as "__rank"
         from ${tableSql(session.model.workspace.recordSchema, object)} r
        where ${matches} and r."deletedAt" is null) ranked
      where ${beyond(object, after, params)}
      order by "__rankCd" desc, "__rank" desc, id limit ${params.add(args.limit + 1)}`,
    params.values,
  );
  return rows.map((row) => hitOf(session, object, row));
}

function beyond(object: ObjectMetadata, after: Cursor | undefined, params: ReturnType<typeof createParams>): string {
  if (after === undefined) return 'true';
  const cd = `${params.add(after.lastRanks.tsRankCD)}::float4`;
  const rank = `${params.add(after.lastRanks.tsRank)}::float4`;
  const lastId = after.lastRecordIdsPerObject[object.nameSingular];
  const sameRank = lastId === undefined ? 'true' : `id > ${params.add(lastId)}`;
  return `("__rankCd" < ${cd} or ("__rankCd" = ${cd} and "__rank" < ${rank})
    or ("__rankCd" = ${cd} and "__rank" = ${rank} and ${sameRank}))`;
}

function hitOf(session: Session, object: ObjectMetadata, row: Row): Hit {
  return {
    recordId: String(row['id']),
    objectNameSingular: object.nameSingular,
    objectLabelSingular: object.labelSingular,
    label: labelOf(session, object, row),
    imageUrl: '',
    tsRankCD: Number(row['__rankCd']),
    tsRank: Number(row['__rank']),
  };
}

/** The record's name as the user interface shows it. */
function labelOf(session: Session, object: ObjectMetadata, row: Row): string {
  const field = object.fields.find((candidate) => candidate.id === object.labelIdentifierFieldId);
  const member = field === undefined ? undefined : shapeOf(session.model, object).members.get(field.name);
  const value = member === undefined ? '' : formatValue(member, row);
  if (isObject(value)) return Object.values(value).join(' ').trim();
  return typeof value === 'string' ? value : '';
}

function byRank(session: Session) {
  const order = new Map(session.model.objects.map((object, index) => [object.nameSingular, index]));
  return (a: Hit, b: Hit): number =>
    b.tsRankCD - a.tsRankCD ||
    b.tsRank - a.tsRank ||
    (order.get(a.objectNameSingular) ?? 0) - (order.get(b.objectNameSingular) ?? 0);
}

function writeCursor(hit: Hit, lastRecordIdsPerObject: Record<string, string>): string {
  const cursor: Cursor = { lastRanks: { tsRankCD: hit.tsRankCD, tsRank: hit.tsRank }, lastRecordIdsPerObject };
  return Buffer.from(JSON.stringify(cursor)).toString('base64');
}

function readCursor(text: string | null | undefined): Cursor | undefined {
  if (text === undefined || text === null) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString()) as Cursor;
  } catch {
    throw new GraphqlError(`Invalid cursor: ${text}`, 'BAD_USER_INPUT', { userFriendlyMessage: 'An error occurred.' });
  }
}
