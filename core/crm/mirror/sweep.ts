import { sql } from 'kysely';
import type { ObjectSchema } from '../schema.ts';
import { mirrorTarget } from '../session/context.ts';
import type { SessionContext } from '../session/context.ts';
import { idsFilter, pageRequest, readPage, withDeleted } from '../twenty/operations.ts';
import type { RecordRow } from '../twenty/operations.ts';
import { announce, recovered } from './copy.ts';
import { fieldsOnTheirWay, withoutEcho } from './echo.ts';
import { applyRows, markDestroyed } from './store.ts';
import { noteSwept } from './sync-state.ts';

/** Ids and times only, so that a page may be long. */
const pageRows = 5000;
const fetchRows = 500;

/**
 * Compares all ids with the mirror's. Finds what nothing else tells: records destroyed while webhooks were lost, which leave
 * no trace in Twenty, and `updatedAt` set backwards by another client.
 */
export async function sweepObject(context: SessionContext, object: ObjectSchema, signal: AbortSignal): Promise<void> {
  const { access, db, tenantId } = context;
  let after: string | undefined;
  let from: string | undefined;
  do {
    const request = pageRequest(object, { fields: [], filter: withDeleted, first: pageRows, after });
    const { data } = await access.records('bulk', object.name, request, signal);
    const { rows, next } = readPage(object, data);
    const to = next === undefined ? undefined : rows.at(-1)?.id;
    await compare(context, object, rows, { from, to }, signal);
    from = to;
    after = next;
  } while (after !== undefined && !signal.aborted);
  await noteSwept(db, tenantId, object.name);
}

type Range = { readonly from: string | undefined; readonly to: string | undefined };

async function compare(
  context: SessionContext,
  object: ObjectSchema,
  rows: readonly RecordRow[],
  { from, to }: Range,
  signal: AbortSignal,
): Promise<void> {
  const { db, tenantId } = context;
  const { rows: mirrored } = await sql<{ id: string; changed_at: Date; isAlive: boolean }>`
    select id, changed_at, deleted_at is null as "isAlive" from crm_record
    where tenant_id = ${tenantId} and object = ${object.name}
      and (${from ?? null}::uuid is null or id > ${from ?? null}::uuid)
      and (${to ?? null}::uuid is null or id <= ${to ?? null}::uuid)
  `.execute(db);
  const there = new Set(rows.map(({ id }) => id));
  const times = new Map(mirrored.map(({ id, changed_at }) => [id, changed_at.getTime()]));
  const doubtful = [
    ...mirrored.filter(({ id, isAlive }) => isAlive && !there.has(id)).map(({ id }) => id),
    ...rows.filter(({ id, updatedAt }) => times.get(id) !== Date.parse(updatedAt)).map(({ id }) => id),
  ];
  for (let start = 0; start < doubtful.length && !signal.aborted; start += fetchRows) {
    await settleDoubt(context, object, doubtful.slice(start, start + fetchRows), signal);
  }
}

/** Asks for these records once more: what came meanwhile is there, what is still missing is gone for good. */
async function settleDoubt(
  context: SessionContext,
  object: ObjectSchema,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const target = mirrorTarget(context, object.name);
  const request = pageRequest(object, {
    fields: [...target.spec.fields, 'updatedBy'],
    filter: idsFilter(ids),
    first: ids.length,
  });
  const { data, serverTime } = await context.access.records('bulk', object.name, request, signal);
  const { rows } = readPage(object, data);
  const there = new Set(rows.map(({ id }) => id));
  const gone = ids.filter((id) => !there.has(id));
  await context.db.transaction().execute(async (transaction) => {
    const at = serverTime ?? new Date(context.clock.now());
    const onTheirWay = await fieldsOnTheirWay(transaction, context.tenantId, ids);
    const changes = [
      ...(await applyRows(transaction, target, rows, { force: true })),
      ...(await markDestroyed(transaction, target, gone, at)),
    ];
    const news = changes.flatMap((change) => withoutEcho(change, onTheirWay.get(change.recordId)));
    await announce(context, transaction, target.spec, recovered(news));
  });
}
