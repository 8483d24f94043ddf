import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import { isPlainObject } from '../patch.ts';
import { uniqueFields } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';

/** Twenty recognises records by unique values too; these are the values as Twenty stores them. */

type Row = Readonly<Record<string, unknown>>;

/** The unique values of a row: by field, in the shape in which the mirror holds them. */
function uniqueValues(object: ObjectSchema, row: Row): Record<string, unknown>[] {
  return uniqueFields(object).flatMap((name) => {
    const value = stored(object.fields.get(name)?.type, row[name]);
    return value === undefined ? [] : [{ [name]: value }];
  });
}

function stored(type: string | undefined, value: unknown): unknown {
  if (type === 'EMAILS') return part(value, 'primaryEmail', (email) => email.trim().toLowerCase());
  if (type === 'LINKS') return part(value, 'primaryLinkUrl', storedUrl);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? value : undefined;
}

function part(value: unknown, name: string, normalise: (text: string) => string): unknown {
  const text = isPlainObject(value) ? value[name] : undefined;
  return typeof text === 'string' && text !== '' ? { [name]: normalise(text) } : undefined;
}

/** With a scheme the host is lower-cased and a closing slash dropped; without one the text stays (Twenty 2.21, measured). */
function storedUrl(text: string): string {
  const match = /^(https?):\/\/([^/]+)(.*)$/i.exec(text);
  if (match === null) return text;
  const [, scheme = '', host = '', path = ''] = match;
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${path.replace(/\/$/, '')}`;
}

export type Twin = { readonly id: string; readonly isDeleted: boolean };

/** The mirrored record that has one of these unique values, and that an upsert would therefore change. */
export async function findTwin(
  db: Executor,
  tenantId: string,
  object: ObjectSchema,
  row: Row,
): Promise<Twin | undefined> {
  const values = uniqueValues(object, row).map((value) => JSON.stringify(value));
  if (values.length === 0) return undefined;
  const { rows } = await sql<Twin>`
    select id, deleted_at is not null as "isDeleted" from crm_record
    where tenant_id = ${tenantId} and object = ${object.name} and data @> any(${values}::jsonb[])
    order by deleted_at is not null, id limit 1
  `.execute(db);
  return rows[0];
}

/** Of the rows Twenty answered, the one that carries a unique value of the row sent. */
export function findAnswered<Answer extends Row>(
  object: ObjectSchema,
  sent: Row,
  answered: readonly Answer[],
): Answer | undefined {
  const wanted = uniqueValues(object, sent).map((value) => JSON.stringify(value));
  if (wanted.length === 0) return undefined;
  return answered.find((row) => uniqueValues(object, row).some((value) => wanted.includes(JSON.stringify(value))));
}
