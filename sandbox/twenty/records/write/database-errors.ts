import { GraphqlError } from '../../errors.ts';
import { indexColumns } from '../../metadata/tables.ts';
import type { IndexMetadata, ObjectMetadata } from '../../types.ts';
import { type Session } from '../session.ts';
import { columnSql, createParams, tableSql } from '../sql.ts';
import type { Values } from './input.ts';

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const NOT_NULL_VIOLATION = '23502';
const INVALID_TEXT = '22P02';

type DatabaseError = Error & { code: string; constraint?: string };

/** What Twenty makes of an error of PostgreSQL: some come through raw, the rest become INTERNAL_SERVER_ERROR. */
export function translateDatabaseError(error: unknown): unknown {
  if (!isDatabaseError(error)) return error;
  switch (error.code) {
    case UNIQUE_VIOLATION:
      return duplicate('This record already exists. Please check your data and try again.');
    case FOREIGN_KEY_VIOLATION:
      return new GraphqlError(error.message, 'BAD_USER_INPUT', {
        userFriendlyMessage:
          'This operation references a record that does not exist or cannot be modified due to existing relationships.',
      });
    case NOT_NULL_VIOLATION:
      return new GraphqlError(error.message, 'BAD_USER_INPUT', {
        userFriendlyMessage: 'A required field is missing. Please provide all required values and try again.',
      });
    case INVALID_TEXT:
      return new GraphqlError(error.message, 'BAD_USER_INPUT', { userFriendlyMessage: 'Invalid input provided.' });
    default:
      return new GraphqlError('Data validation error.', 'INTERNAL_SERVER_ERROR');
  }
}

/** Like translateDatabaseError, and names the record in the way when one row was written and the other is not deleted. */
export async function translateWriteError(
  session: Session,
  object: ObjectMetadata,
  rows: readonly Values[],
  error: unknown,
): Promise<unknown> {
  const [only, ...others] = rows;
  if (!isDatabaseError(error) || error.code !== UNIQUE_VIOLATION || only === undefined || others.length > 0) {
    return translateDatabaseError(error);
  }
  const index = object.indexes.find((candidate) => candidate.name === error.constraint);
  const conflict = index === undefined ? undefined : await findConflict(session, object, index, only);
  if (index === undefined || conflict === undefined) return translateDatabaseError(error);
  const field = object.fields.find((candidate) => candidate.id === index.fields[0]?.fieldMetadataId);
  return duplicate(`This ${field?.label ?? ''} value is already in use. Please check your data and try again.`, {
    conflictingRecordId: conflict,
    conflictingObjectNameSingular: object.nameSingular,
  });
}

async function findConflict(
  session: Session,
  object: ObjectMetadata,
  index: IndexMetadata,
  values: Values,
): Promise<string | undefined> {
  const params = createParams();
  const conditions = indexColumns(object, index).map(
    (column) => `${columnSql('r', column)} = ${params.add(values[column] ?? null)}`,
  );
  const { rows } = await session.db.query<{ id: string }>(
    `select id from ${tableSql(session.model.workspace.recordSchema, object)} r
      where ${conditions.join(' and ')} and r."deletedAt" is null limit 1`,
    params.values,
  );
  return rows[0]?.id;
}

function duplicate(userFriendlyMessage: string, extensions: Record<string, unknown> = {}): GraphqlError {
  return new GraphqlError('A duplicate entry was detected', 'BAD_USER_INPUT', { userFriendlyMessage, extensions });
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && 'severity' in error;
}
