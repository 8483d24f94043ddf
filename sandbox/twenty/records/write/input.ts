import { GraphqlError } from '../../errors.ts';
import type { FieldMetadata, ObjectMetadata } from '../../types.ts';
import { coerceField } from '../../values/coerce.ts';
import { invalidData } from '../../values/scalars.ts';
import { invalidQueryInput, isObject, isUuid } from '../arguments.ts';
import { type Session, shapeOf } from '../session.ts';
import type { Member } from '../shape.ts';
import { resolveConnection } from './connect.ts';

/** What is to be stored, by column name; what was not sent is absent. */
export type Values = Record<string, unknown>;

/** Checks and normalises one record as it was sent. */
export async function readInput(session: Session, object: ObjectMetadata, data: unknown): Promise<Values> {
  if (!isObject(data)) throw invalidQueryInput('Missing required argument: "data" (object)');
  const { id } = data;
  if (id !== undefined && id !== null && !isUuid(id)) {
    throw invalidQueryInput(
      `Value "${typeof id === 'string' ? id : JSON.stringify(id)}" is not a valid UUID`,
      'Invalid UUID format.',
    );
  }
  const values: Values = {};
  const fields: FieldMetadata[] = [];
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    const member = shapeOf(session.model, object).members.get(name);
    if (member === undefined) throw invalidData(`Object ${object.nameSingular} doesn't have any "${name}" field.`);
    if (member.kind === 'many') {
      throw invalidData(`One-to-many relation ${name} field does not support write operations.`);
    }
    fields.push(member.field);
    Object.assign(values, await valuesOf(session, member, value, data));
  }
  session.permissions.demandWritable(fields, object);
  return values;
}

async function valuesOf(
  session: Session,
  member: Exclude<Member, { kind: 'many' }>,
  value: unknown,
  data: Record<string, unknown>,
): Promise<Values> {
  if (member.kind === 'one') {
    if (data[member.column.name] !== undefined) {
      const message = `${member.name} and ${member.column.name} cannot be both provided.`;
      throw new GraphqlError(message, 'BAD_USER_INPUT', { userFriendlyMessage: message });
    }
    return { [member.column.name]: await resolveConnection(session, member, value) };
  }
  if (member.field.type === 'TS_VECTOR') {
    throw invalidData(`${member.name} TS_VECTOR-typed field does not support write operations`);
  }
  return coerceField(member, value);
}
