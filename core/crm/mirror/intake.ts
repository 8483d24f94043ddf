import { createBatcher } from '@switchboard/queue';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import type { OnRecordChange } from '../session/context.ts';
import { announce } from './copy.ts';
import { writeOnly } from './declare.ts';
import type { MirrorSpec } from './declare.ts';
import { changedFields, isByPerson, isDestruction, objectOf, rowOf } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { fieldsOnTheirWay, withoutEcho } from './echo.ts';
import { applyRows } from './store.ts';
import type { RecordChange } from './store.ts';

export type Arrival = { readonly nonce: string; readonly delivery: Delivery };

/** Puts verified webhooks of one tenant into the mirror. @returns `repeated` for a nonce that came before */
export type Intake = (arrival: Arrival) => Promise<'taken' | 'repeated'>;

export type IntakeOptions = {
  readonly db: Kysely<Tables>;
  readonly tenantId: string;
  readonly country: string;
  readonly specs: ReadonlyMap<string, MirrorSpec>;
  readonly onRecordChange: OnRecordChange;
};

/**
 * Twenty sends one webhook per row, hundreds within a second (2.21, measured): what arrives while a transaction is under way
 * shares the next one, so that a burst takes one connection and few statements. Nonces, records and events of a batch are
 * committed together: a process that is killed has taken a webhook wholly or not at all.
 */
export function createIntake(options: IntakeOptions): Intake {
  const add = createBatcher((arrivals: readonly Arrival[]) => takeAll(options, arrivals));
  return async (arrival) => {
    const result = await add(arrival);
    if (typeof result === 'object') throw result.error;
    return result;
  };
}

type Result = 'taken' | 'repeated' | { readonly error: unknown };

async function takeAll(options: IntakeOptions, arrivals: readonly Arrival[]): Promise<Result[]> {
  try {
    return await options.db.transaction().execute((transaction) => take(options, transaction, arrivals));
  } catch (error) {
    if (arrivals.length === 1 || !isAboutData(error)) return arrivals.map(() => ({ error }));
    // One of them holds what the database cannot store; the others shall not be lost with it.
    const results: Result[] = [];
    for (const arrival of arrivals) results.push(...(await takeAll(options, [arrival])));
    return results;
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint). */
const isAboutData = (error: unknown): boolean => /^2[23]/.test((error as { code?: string }).code ?? '');

async function take(
  options: IntakeOptions,
  transaction: Transaction<Tables>,
  arrivals: readonly Arrival[],
): Promise<Result[]> {
  const seen = await note(transaction, options.tenantId, arrivals);
  const results = arrivals.map(({ nonce }, index): Result => {
    const isFirst = arrivals.findIndex((other) => other.nonce === nonce) === index;
    return isFirst && seen.get(nonce)?.isNew === true ? 'taken' : 'repeated';
  });
  let open = arrivals
    .filter(({ nonce }, index) => results[index] === 'taken' && seen.get(nonce)?.isKnown === false)
    .map(({ delivery }) => delivery);
  // Several changes of one record are news each: they take turns.
  while (open.length > 0) {
    const turn = new Map(open.toReversed().map((delivery) => [delivery.record.id, delivery]));
    const byObject = Map.groupBy(turn.values(), objectOf);
    for (const object of [...byObject.keys()].toSorted()) {
      await apply(options, transaction, object, byObject.get(object) ?? []);
    }
    open = open.filter((delivery) => turn.get(delivery.record.id) !== delivery);
  }
  return results;
}

type Seen = { readonly nonce: string; readonly isNew: boolean; readonly isKnown: boolean };

/**
 * Remembers the nonces and sees in the same statement what there is to do: a batch of ours comes back as 200
 * webhooks at once, which must cost next to nothing. Known is what the mirror has already, and what comes back of a write of ours
 * whose answer will bring it to the mirror: a creation, or a change of nothing but the fields we set, unless a person made it.
 */
async function note(
  transaction: Transaction<Tables>,
  tenantId: string,
  arrivals: readonly Arrival[],
): Promise<Map<string, Seen>> {
  const input = arrivals.map(({ nonce, delivery }) => ({
    nonce,
    id: delivery.record.id,
    object: objectOf(delivery),
    updatedAt: delivery.record.updatedAt,
    isDestruction: isDestruction(delivery),
    mayBeOurs: !isByPerson(delivery) && /\.(created|updated)$/.test(delivery.eventName),
    changed: changedFields(delivery),
  }));
  const { rows } = await sql<Seen>`
    with arrival as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as arrival (
        nonce text, id uuid, object text, "updatedAt" timestamptz, "isDestruction" boolean, "mayBeOurs" boolean,
        changed text[])
    ), taken as (
      insert into crm_nonce (tenant_id, nonce) select distinct ${tenantId}::uuid, nonce from arrival order by nonce
      on conflict do nothing returning nonce
    )
    select nonce, exists (select from taken where taken.nonce = arrival.nonce) as "isNew",
      not "isDestruction" and exists (
        select from crm_record
        where tenant_id = ${tenantId} and crm_record.id = arrival.id and crm_record.object = arrival.object
          and changed_at >= arrival."updatedAt"
      ) or "mayBeOurs" and coalesce(changed <@ (
        select array_agg(name) from crm_outbox, jsonb_object_keys(fields) as name
        where tenant_id = ${tenantId} and record_id = arrival.id and sent_at is not null and state <> 'discarded'
      ), false) as "isKnown"
    from arrival
  `.execute(transaction);
  return new Map(rows.map((row) => [row.nonce, row]));
}

async function apply(
  { tenantId, country, specs, onRecordChange }: IntakeOptions,
  transaction: Transaction<Tables>,
  object: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const spec = specs.get(object) ?? writeOnly(object);
  // Of objects nobody reads, all that matters is which records people deleted.
  const relevant = deliveries.filter(
    (delivery) => spec.mirrored || rowOf(delivery).deletedAt !== null || delivery.eventName.endsWith('.restored'),
  );
  if (relevant.length === 0) return;
  const byId = new Map(relevant.map((delivery) => [delivery.record.id, delivery]));
  const onTheirWay = await fieldsOnTheirWay(transaction, tenantId, [...byId.keys()]);
  const changes = await applyRows(transaction, { tenantId, country, spec }, relevant.map(rowOf));
  const news = changes.flatMap((change) => {
    const delivery = byId.get(change.recordId);
    if (delivery === undefined) return [];
    const theirs = isByPerson(delivery) ? delivery.updatedFields : [];
    return named(change, delivery, spec).flatMap((one) => withoutEcho(one, onTheirWay.get(one.recordId), theirs));
  });
  await announce({ onRecordChange, tenantId }, transaction, spec, news);
}

/**
 * A record that the mirror did not have yet is no new record when Twenty says that it was updated; then Twenty's word is all there
 * is on what changed. An update that names `deletedAt` has brought a record back: that one is new.
 */
function named(change: RecordChange, { eventName, updatedFields }: Delivery, { fields }: MirrorSpec): RecordChange[] {
  const isLate = change.kind === 'created' && eventName.endsWith('.updated') && !updatedFields.includes('deletedAt');
  if (!isLate) return [change];
  const read = updatedFields.filter((name) => fields.includes(name));
  return read.length === 0 ? [] : [{ ...change, kind: 'updated', updatedFields: read }];
}
