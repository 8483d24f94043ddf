import { GraphqlError } from '../errors.ts';
import { quoteName } from '../store.ts';
import type { ObjectMetadata } from '../types.ts';
import { type Connection, projectConnection } from './connection.ts';
import { cursorOf, readOrder } from './order.ts';
import { columnsFor, demandSelection, type Depth, type Project, type Projected } from './selected.ts';
import type { Selection } from './selection.ts';
import { objectById, type Row, type Session, shapeOf } from './session.ts';
import type { Member } from './shape.ts';
import { columnSql, readSql, tableSql } from './sql.ts';

/** Rows of a one-to-many list per parent; further ones are cut off silently (Twenty 2.21, measured). */
const MAX_RELATED = 60;

type Loading = { session: Session; depth: Depth; project: Project };

/** The record each row belongs to, or null; soft-deleted ones are hidden. */
export async function loadOnes(
  { session, depth, project }: Loading,
  member: Extract<Member, { kind: 'one' }>,
  rows: readonly Row[],
  selection: Selection | null,
): Promise<unknown[]> {
  const target = objectById(session.model, member.end.targetObjectId);
  const ids = [...new Set(rows.map((row) => row[member.column.name]).filter((id) => id !== null))];
  const columns = readColumns(session, target, columnsFor(session.model, target, selection));
  demandSelection(session, target, selection);
  const found = ids.length === 0 ? [] : await byIds(session, target, columns, ids);
  const records =
    selection === null
      ? found.map((row) => bare(session, target, row))
      : await project(session, target, found, selection, depth);
  const byId = new Map(found.map((row, index) => [row['id'], records[index]]));
  return rows.map((row) => byId.get(row[member.column.name]) ?? null);
}

/** The records that belong to each row. Arguments of such a list are ignored, as in Twenty. */
export async function loadMany(
  { session, depth, project }: Loading,
  member: Extract<Member, { kind: 'many' }>,
  rows: readonly Row[],
  selection: Selection | null,
): Promise<unknown[]> {
  if (depth.insideMany) {
    throw new GraphqlError(
      'Query complexity is too high. One-to-Many relation cannot be nested in another One-to-Many relation.',
      'BAD_USER_INPUT',
      { subCode: 'TOO_COMPLEX_QUERY', userFriendlyMessage: 'An error occurred.' },
    );
  }
  if (selection === null) return rows.map(emptyList);
  const target = objectById(session.model, member.end.targetObjectId);
  const key = joinColumnOf(session, member);
  const nodes = selection.get('edges')?.get('node') ?? null;
  const columns = columnsFor(session.model, target, nodes).add(key);
  demandSelection(session, target, nodes);
  const found = await childrenOf(
    session,
    target,
    key,
    columns,
    rows.map((row) => row['id']),
  );
  const records = await project(session, target, found, nodes, { insideMany: true });
  const order = readOrder(session.model, target, 'r', []);
  const groups = Map.groupBy(found.keys(), (index) => found[index]?.[key]);
  return rows.map((row) => {
    const edges = (groups.get(row['id']) ?? []).map((index) => edgeAt(order, found, records, index));
    const connection: Connection = {
      edges,
      hasNextPage: false,
      hasPreviousPage: false,
      aggregates: { totalCount: edges.length },
    };
    return projectConnection(target, selection, connection);
  });
}

function edgeAt(
  order: ReturnType<typeof readOrder>,
  found: readonly Row[],
  records: readonly Projected[],
  index: number,
) {
  return { cursor: cursorOf(order, found[index] ?? {}), node: records[index] ?? {} };
}

async function byIds(session: Session, object: ObjectMetadata, columns: string, ids: unknown[]): Promise<Row[]> {
  const table = tableSql(session.model.workspace.recordSchema, object);
  const { rows } = await session.db.query(
    `select ${columns} from ${table} r where r.id = any($1::uuid[]) and r."deletedAt" is null`,
    [ids],
  );
  return rows;
}

async function childrenOf(
  session: Session,
  object: ObjectMetadata,
  key: string,
  columns: ReadonlySet<string>,
  parents: unknown[],
): Promise<Row[]> {
  const table = tableSql(session.model.workspace.recordSchema, object);
  const keySql = columnSql('r', key);
  const { rows } = await session.db.query(
    `select * from (
       select ${readColumns(session, object, columns)},
              row_number() over (partition by ${keySql} order by r."createdAt", r."position" desc, r.id) as "__rank"
         from ${table} r where ${keySql} = any($1::uuid[]) and r."deletedAt" is null) ranked
      where "__rank" <= ${MAX_RELATED} order by ${quoteName(key)}, "__rank"`,
    [parents],
  );
  return rows;
}

/** Column of the other object that points back at this one. */
function joinColumnOf(session: Session, member: Extract<Member, { kind: 'many' }>): string {
  const inverse = session.model.fieldById.get(member.end.targetFieldId);
  const end = inverse?.relations.find((candidate) => candidate.targetFieldId === member.field.id);
  if (end?.joinColumn === undefined || end.joinColumn === null) {
    throw new Error(`Relation ${member.name} has no column on the other side`);
  }
  return end.joinColumn;
}

/** A relation selected without fields answers its id and empty lists (Twenty 2.21, measured). */
function bare(session: Session, object: ObjectMetadata, row: Row): Projected {
  const lists = [...shapeOf(session.model, object).members.values()].filter((member) => member.kind === 'many');
  return { id: row['id'], ...Object.fromEntries(lists.map((member) => [member.name, emptyList()])) };
}

/** A list selected without fields looks empty, whatever it holds (Twenty 2.21, measured). */
function emptyList(): object {
  return { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount: 0 };
}

function readColumns(session: Session, object: ObjectMetadata, names: ReadonlySet<string>): string {
  const { columns } = shapeOf(session.model, object);
  const wanted = [...names].flatMap((name) => {
    const column = columns.get(name);
    return column === undefined ? [] : [readSql('r', column)];
  });
  return wanted.join(', ');
}
