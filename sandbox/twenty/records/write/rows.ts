import { columnTypeSql } from '../../metadata/columns.ts';
import { quoteName, type Queryable } from '../../store.ts';
import type { ObjectMetadata } from '../../types.ts';
import { type Row, type Session, shapeOf } from '../session.ts';
import { createParams, parameterOf, type Params, readAllSql, tableSql } from '../sql.ts';
import type { Values } from './input.ts';

/** Inserts rows in one statement, so that they share their times; columns not given take their defaults. */
export async function insertRows(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  rows: readonly Values[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const { columns } = shapeOf(session.model, object);
  const used = [...columns.values()].filter((column) => rows.some((row) => row[column.name] !== undefined));
  const params = createParams();
  const tuples = rows.map((row) => {
    const values = used.map((column) => {
      const value = row[column.name];
      return value === undefined ? 'default' : params.add(parameterOf(column, value));
    });
    return `(${values.join(', ')})`;
  });
  const table = tableSql(session.model.workspace.recordSchema, object);
  const names = used.map((column) => quoteName(column.name)).join(', ');
  const inserted = await tx.query(
    `insert into ${table} as r (${names}) values ${tuples.join(', ')} returning ${readAllSql('r', columns.values())}`,
    params.values,
  );
  return inserted.rows;
}

/** Updates the rows with the given ids alike; updatedAt moves to now unless it was sent. */
export async function updateRows(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  ids: readonly string[],
  values: Values,
): Promise<Row[]> {
  const { columns } = shapeOf(session.model, object);
  const params = createParams();
  const assignments = [...columns.values()].flatMap((column) => {
    const value = values[column.name];
    return value === undefined ? [] : [`${quoteName(column.name)} = ${params.add(parameterOf(column, value))}`];
  });
  if (values['updatedAt'] === undefined) assignments.push('"updatedAt" = now()');
  const table = tableSql(session.model.workspace.recordSchema, object);
  const { rows } = await tx.query(
    `update ${table} as r set ${assignments.join(', ')} where r.id = any(${params.add(ids)}::uuid[])
     returning ${readAllSql('r', columns.values())}`,
    params.values,
  );
  return byOrderOf(ids, rows);
}

/** Updates each row with its own values, in the order given; runs of updates of the same columns are one statement. */
export async function updateEach(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  updates: readonly RowUpdate[],
): Promise<void> {
  let run: RowUpdate[] = [];
  for (const update of updates) {
    if (!continues(run, update)) {
      await updateRun(session, tx, object, run);
      run = [];
    }
    run.push(update);
  }
  await updateRun(session, tx, object, run);
}

type RowUpdate = { id: string; values: Values };

function continues(run: readonly RowUpdate[], next: RowUpdate): boolean {
  const [first] = run;
  if (first === undefined) return true;
  return signature(first) === signature(next) && run.every((update) => update.id !== next.id);
}

function signature({ values }: RowUpdate): string {
  return Object.keys(values).toSorted().join();
}

async function updateRun(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  run: readonly RowUpdate[],
): Promise<void> {
  const [first] = run;
  if (first === undefined) return;
  const schema = session.model.workspace.recordSchema;
  const columns = [...shapeOf(session.model, object).columns.values()].filter((column) => column.name in first.values);
  const params = createParams();
  const tuples = run.map(({ id, values }) => {
    const cells = columns.map(
      (column) => `${params.add(parameterOf(column, values[column.name]))}::${columnTypeSql(schema, column)}`,
    );
    return `(${[`${params.add(id)}::uuid`, ...cells].join(', ')})`;
  });
  const names = columns.map((column) => quoteName(column.name));
  const assignments = names.map((name) => `${name} = sent.${name}`);
  if (first.values['updatedAt'] === undefined) assignments.push('"updatedAt" = now()');
  await tx.query(
    `update ${tableSql(schema, object)} as r set ${assignments.join(', ')}
       from (values ${tuples.join(', ')}) sent (${['"__id"', ...names].join(', ')}) where r.id = sent."__id"`,
    params.values,
  );
}

export async function deleteRows(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  ids: readonly string[],
): Promise<void> {
  const table = tableSql(session.model.workspace.recordSchema, object);
  await tx.query(`delete from ${table} where id = any($1::uuid[])`, [ids]);
}

/** Whole rows that fit a condition on `r`, ordered by id. `lock` keeps others from changing them meanwhile. */
export async function selectRows(
  session: Session,
  db: Queryable,
  object: ObjectMetadata,
  condition: string,
  params: Params,
  options: { limit?: number; lock?: boolean } = {},
): Promise<Row[]> {
  const { columns } = shapeOf(session.model, object);
  const table = tableSql(session.model.workspace.recordSchema, object);
  const limit = options.limit === undefined ? '' : `limit ${options.limit}`;
  const lock = options.lock === true ? 'for update' : '';
  const { rows } = await db.query(
    `select ${readAllSql('r', columns.values())} from ${table} r where ${condition} order by r.id ${limit} ${lock}`,
    params.values,
  );
  return rows;
}

export async function lockRows(
  session: Session,
  tx: Queryable,
  object: ObjectMetadata,
  ids: readonly string[],
): Promise<Row[]> {
  const params = createParams();
  const condition = `r.id = any(${params.add(ids)}::uuid[])`;
  return byOrderOf(ids, await selectRows(session, tx, object, condition, params, { lock: true }));
}

function byOrderOf(ids: readonly string[], rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row['id'], row]));
  return ids.flatMap((id): Row[] => {
    const row = byId.get(id);
    return row === undefined ? [] : [row];
  });
}
