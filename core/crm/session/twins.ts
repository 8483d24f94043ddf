import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import type { MirrorTarget } from '../mirror/store.ts';
import { isPlainObject } from '../patch.ts';
import { uniqueFields } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';

/** Twenty recognises records by unique values too; these are the values as Twenty stores them. */

type Row = Readonly<Record<string, unknown>>;

type UniqueValue = {
  readonly field: string;
  /** The part of a record that has it, in the shape in which the mirror holds it. */
  readonly part: Readonly<Record<string, unknown>>;
};

/** @param fields the unique ones that matter */
function uniqueValues(object: ObjectSchema, fields: readonly string[], row: Row): UniqueValue[] {
  return fields.flatMap((field) => {
    const value = stored(object.fields.get(field)?.type, row[field]);
    return value === undefined ? [] : [{ field, part: { [field]: value } }];
  });
}

function stored(type: string | undefined, value: unknown): unknown {
  if (type === 'EMAILS') return partOf(value, 'primaryEmail', (email) => email.trim().toLowerCase());
  if (type === 'LINKS') return partOf(value, 'primaryLinkUrl', storedUrl);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? value : undefined;
}

function partOf(value: unknown, name: string, normalise: (text: string) => string): unknown {
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

type Wanted = {
  readonly ourId: string;
  readonly part: UniqueValue['part'];
  readonly email: string | undefined;
};

/** A row of ours and the id that it would get. */
export type Candidate = { readonly ourId: string; readonly fields: Row };

/**
 * For rows that would be new: the mirrored record that has one of their unique values, and that an upsert would change
 * instead. A record that Twenty has, or had, under our id is never taken for another.
 *
 * @returns by our id; rows without such a record are missing
 */
export async function findTwins(
  db: Executor,
  target: MirrorTarget,
  object: ObjectSchema,
  candidates: readonly Candidate[],
): Promise<Map<string, Twin>> {
  const { fields, emails } = target.spec;
  // What the mirror does not hold cannot be found there.
  const unique = uniqueFields(object).filter((field) => fields.includes(field));
  const wanted = candidates.flatMap((candidate) =>
    uniqueValues(object, unique, candidate.fields).map(({ field, part }): Wanted => {
      return { ourId: candidate.ourId, part, email: emails.includes(field) ? emailIn(part) : undefined };
    }),
  );
  const byEmail = wanted.filter(({ email }) => email !== undefined);
  const byData = wanted.filter(({ email }) => email === undefined);
  const found = [
    ...(byEmail.length > 0 ? await findByEmails(db, target, byEmail) : []),
    ...(byData.length > 0 ? await findByData(db, target, byData) : []),
  ];
  const twins = new Map<string, Twin>();
  for (const { ourId, ...twin } of found.toSorted(liveFirst)) if (!twins.has(ourId)) twins.set(ourId, twin);
  return twins;
}

type Found = Twin & { readonly ourId: string };

const liveFirst = (one: Found, other: Found): number =>
  Number(one.isDeleted) - Number(other.isDeleted) || one.id.localeCompare(other.id);

const emailIn = (part: UniqueValue['part']): string | undefined => {
  const [value] = Object.values(part);
  return isPlainObject(value) ? (value['primaryEmail'] as string) : undefined;
};

/** By the index of addresses; the function instead of the operator keeps PostgreSQL from the slow one over all fields. */
async function findByEmails(
  db: Executor,
  { tenantId, spec: { object } }: MirrorTarget,
  wanted: readonly Wanted[],
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select "ourId", record.id, record.deleted_at is not null as "isDeleted"
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted ("ourId" uuid, part jsonb, email text)
    join crm_key on crm_key.tenant_id = ${tenantId} and kind = 'email' and value = email and crm_key.object = ${object}
    join crm_record record
      on record.tenant_id = ${tenantId} and record.id = crm_key.record_id and record.object = ${object}
    where jsonb_contains(record.data, part) and ${isUnknown(tenantId, object)}
  `.execute(db);
  return rows;
}

async function findByData(
  db: Executor,
  { tenantId, spec: { object } }: MirrorTarget,
  wanted: readonly Wanted[],
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select "ourId", record.id, record.deleted_at is not null as "isDeleted"
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted ("ourId" uuid, part jsonb)
    join crm_record record on record.tenant_id = ${tenantId} and record.object = ${object} and record.data @> part
    where ${isUnknown(tenantId, object)}
  `.execute(db);
  return rows;
}

const isUnknown = (tenantId: string, object: string) => sql`not exists (
  select from crm_record own where own.tenant_id = ${tenantId} and own.id = "ourId" and own.object = ${object}
)`;

/** Of the rows Twenty answered, the one that carries a unique value of the row sent. */
export function findAnswered<Answer extends Row>(
  object: ObjectSchema,
  sent: Row,
  answered: readonly Answer[],
): Answer | undefined {
  const unique = uniqueFields(object);
  const wanted = uniqueValues(object, unique, sent).map(({ part }) => JSON.stringify(part));
  if (wanted.length === 0) return undefined;
  return answered.find((row) =>
    uniqueValues(object, unique, row).some(({ part }) => wanted.includes(JSON.stringify(part))),
  );
}
