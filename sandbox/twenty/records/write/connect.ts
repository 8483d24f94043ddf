import { GraphqlError } from '../../errors.ts';
import { indexColumns } from '../../metadata/tables.ts';
import type { ObjectMetadata } from '../../types.ts';
import { coerceField } from '../../values/coerce.ts';
import { invalidData } from '../../values/scalars.ts';
import { partColumn } from '../../values/composites.ts';
import { isObject } from '../arguments.ts';
import { objectById, type Session, shapeOf } from '../session.ts';
import type { Member } from '../shape.ts';
import { columnSql, createParams, tableSql } from '../sql.ts';

/** The id that `{connect: {where}}` stands for, or null for `{disconnect: true}`. */
export async function resolveConnection(
  session: Session,
  member: Extract<Member, { kind: 'one' }>,
  value: unknown,
): Promise<string | null> {
  const { connect, disconnect } = isObject(value) ? value : {};
  if (disconnect === true) return null;
  if (!isObject(connect)) throw invalidData(`Relation "${member.name}" requires connect or disconnect operation`);
  const target = objectById(session.model, member.end.targetObjectId);
  const wanted = flatten(session, target, isObject(connect['where']) ? connect['where'] : {});
  if (!isUniqueCondition(target, Object.keys(wanted))) {
    // The placeholder is Twenty's own: it forgets to fill it in (2.21, measured).
    throw new GraphqlError(
      `Missing required fields: at least one unique constraint have to be fully populated for '${member.name}'.`,
      'BAD_USER_INPUT',
      {
        userFriendlyMessage:
          'Missing required fields: at least one unique constraint have to be fully populated for {connectFieldName}.',
      },
    );
  }
  return findOnly(session, member, target, wanted);
}

async function findOnly(
  session: Session,
  member: Extract<Member, { kind: 'one' }>,
  target: ObjectMetadata,
  wanted: Record<string, unknown>,
): Promise<string> {
  const params = createParams();
  const conditions = Object.entries(wanted).map(
    ([column, value]) => `${columnSql('r', column)} = ${params.add(value)}`,
  );
  const { rows } = await session.db.query<{ id: string }>(
    `select id from ${tableSql(session.model.workspace.recordSchema, target)} r
      where ${conditions.join(' and ')} and r."deletedAt" is null limit 2`,
    params.values,
  );
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return only.id;
  const condition = Object.entries(wanted)
    .map(([column, value]) => `${column} = ${String(value)}`)
    .join(' and ');
  throw new GraphqlError(
    `Expected 1 record to connect to ${member.name}, but found ${rows.length} for ${condition}`,
    'BAD_USER_INPUT',
    { userFriendlyMessage: `Can't connect to ${member.name}. No unique record found with condition: ${condition}` },
  );
}

/** Column names and values of a `where`; values are normalised as if they were written. */
function flatten(session: Session, target: ObjectMetadata, where: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(where).flatMap(([name, value]) => {
    const member = shapeOf(session.model, target).members.get(name);
    if (member === undefined || member.kind === 'one' || member.kind === 'many') return [];
    const coerced = coerceField(member, value);
    const columns = isObject(value) ? Object.keys(value).map((part) => partColumn(name, part)) : [name];
    return columns.map((column) => [column, coerced[column]]);
  });
  return Object.fromEntries(entries);
}

function isUniqueCondition(object: ObjectMetadata, columns: readonly string[]): boolean {
  const keys = [
    ['id'],
    ...object.indexes.filter((index) => index.isUnique).map((index) => indexColumns(object, index)),
  ];
  return keys.some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
}
