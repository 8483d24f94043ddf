import { sql } from 'kysely';
import type { Lane } from '../../contract/crm.ts';
import type { SwitchboardError } from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';
import { completeComposites, fieldsToComplete } from '../composites.ts';
import { isFileAddition } from '../file-list.ts';
import { applyRows } from '../mirror/store.ts';
import { readLinks, storeLinks } from '../outbox/links.ts';
import type { Link } from '../outbox/links.ts';
import { loadPatches } from '../outbox/pending.ts';
import type { Patch } from '../outbox/pending.ts';
import { referencesOf, rewriteReferences } from '../outbox/values.ts';
import { mergePatches, withhold } from '../patch.ts';
import type { Batch, PlannedRecord } from '../plan.ts';
import type { ObjectSchema } from '../schema.ts';
import { idsFilter, pageRequest, readPage } from '../twenty/operations.ts';
import { mirrorTarget } from './context.ts';
import type { SessionContext } from './context.ts';
import { checkFields } from './check-fields.ts';
import { deletedTarget, deletedTwin, missingObject, unknownTarget } from './refusals.ts';
import { findTwins } from './twins.ts';

/** A record ready to be sent. */
export type Outgoing = {
  readonly record: PlannedRecord;
  /** The rows it was made from; others of the record came later. */
  readonly seqs: readonly number[];
  /** The id Twenty has it under, as far as we know. */
  readonly crmId: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** Relations of a circle that follow with a second patch. */
  readonly kept: Readonly<Record<string, unknown>>;
};

export type Refused = { readonly seqs: readonly number[]; readonly error: SwitchboardError };

export type Prepared = {
  readonly object: ObjectSchema | undefined;
  readonly outgoing: readonly Outgoing[];
  readonly refused: readonly Refused[];
};

type Draft = {
  readonly record: PlannedRecord;
  readonly seqs: readonly number[];
  /** At least one patch names the record by our key: it may be new. */
  readonly owned: boolean;
  crmId: string;
  fields: Readonly<Record<string, unknown>>;
  readonly kept: Readonly<Record<string, unknown>>;
};

/** Turns the patches of a batch into rows for Twenty, and sorts out what must not be sent. */
export async function prepareBatch(
  context: SessionContext,
  lane: Lane,
  batch: Batch,
  signal: AbortSignal,
): Promise<Prepared> {
  const { db, tenantId, schema, country, log } = context;
  const patches = await loadPatches(
    db,
    batch.records.flatMap(({ seqs }) => seqs),
  );
  const known = (await schema.current(signal)).get(batch.object) ?? (await schema.refreshed(signal)).get(batch.object);
  if (known === undefined) {
    const seqs = patches.map(({ seq }) => seq);
    return { object: undefined, outgoing: [], refused: [{ seqs, error: missingObject(batch.object) }] };
  }
  const drafts = await makeDrafts(db, tenantId, batch, patches, known);
  const { object, drafts: valid, refused } = await checkFields(context, known, drafts, signal);
  await linkTwins(context, object, valid);
  const states = await readStates(context, lane, object, valid, signal);
  const outgoing: Outgoing[] = [];
  for (const draft of valid) {
    const error = refusal(object, draft, states.get(draft.crmId));
    if (error !== undefined) {
      refused.push({ seqs: draft.seqs, error });
      continue;
    }
    const present = states.get(draft.crmId)?.data;
    const { fields, droppedNumbers } = completeComposites(object, draft.fields, present, country);
    if (droppedNumbers > 0) {
      log.warn(
        { object: object.name, recordId: draft.crmId, droppedNumbers },
        'Left out phone numbers that Twenty would refuse',
      );
    }
    const { record, seqs, crmId, kept } = draft;
    outgoing.push({ record, seqs, crmId, kept, row: { ...fields, id: crmId } });
  }
  return { object, outgoing, refused };
}

async function makeDrafts(
  db: Executor,
  tenantId: string,
  batch: Batch,
  patches: readonly Patch[],
  object: ObjectSchema,
): Promise<Draft[]> {
  const byRecord = Map.groupBy(patches, ({ record_id }) => record_id);
  const ids = patches.flatMap(({ record_id, fields }) => [record_id, ...referencesOf(fields)]);
  const links = await readLinks(db, tenantId, [...new Set(ids)]);
  return batch.records.flatMap((record) => {
    const own = byRecord.get(record.recordId);
    if (own === undefined) return [];
    const merged = mergePatches(
      own.map(({ fields }) => fields),
      object,
    );
    const { sent, kept } = withhold(merged, record.withhold);
    return [
      {
        record,
        seqs: own.map(({ seq }) => seq),
        owned: own.some(({ owned }) => owned),
        crmId: links.get(record.recordId) ?? record.recordId,
        fields: rewriteReferences(sent, links),
        kept,
      },
    ];
  });
}

/**
 * A new record of ours whose unique value a record in Twenty has already is that record. The link is there before the write leaves,
 * so that the write is recognised when it comes back.
 */
async function linkTwins(context: SessionContext, object: ObjectSchema, drafts: readonly Draft[]): Promise<void> {
  const mayBeNew = drafts.filter(({ owned, crmId, record }) => owned && crmId === record.recordId);
  const candidates = mayBeNew.map(({ crmId, fields }) => ({ ourId: crmId, fields }));
  const twins = await findTwins(context.db, mirrorTarget(context, object.name), object, candidates);
  const links: Link[] = [];
  for (const draft of mayBeNew) {
    const twin = twins.get(draft.crmId);
    if (twin === undefined) continue;
    draft.crmId = twin.id;
    if (!twin.isDeleted) links.push({ ourId: draft.record.recordId, crmId: twin.id });
  }
  await storeLinks(context.db, context.tenantId, object.name, links);
}

type State = { readonly data: Record<string, unknown>; readonly isDeleted: boolean };

/** What is known of the records; where that is not enough to write them safely, Twenty is asked once for all of them. */
async function readStates(
  context: SessionContext,
  lane: Lane,
  object: ObjectSchema,
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<Map<string, State>> {
  const ids = drafts.map(({ crmId }) => crmId);
  const states = await readMirror(context, object.name, ids);
  const unsure = drafts.filter((draft) => {
    const state = states.get(draft.crmId);
    // The mirror may not have heard yet of a file that somebody added, and it would be destroyed.
    if (addsFiles(object, draft.fields)) return state?.isDeleted !== true;
    if (state === undefined) return !draft.owned;
    return !state.isDeleted && fieldsToComplete(object, draft.fields).some((name) => !(name in state.data));
  });
  if (unsure.length === 0) return states;
  const fields = new Set(unsure.flatMap((draft) => fieldsToComplete(object, draft.fields)));
  const filter = idsFilter(unsure.map(({ crmId }) => crmId));
  const request = pageRequest(object, { fields, filter, first: unsure.length });
  const { data } = await context.access.records(lane, object.name, request, signal);
  const { rows } = readPage(object, data);
  // Only what the mirror does not hold itself: a partial row must not replace a full one.
  if (!mirrorTarget(context, object.name).spec.mirrored) {
    await context.db.transaction().execute((db) => applyRows(db, mirrorTarget(context, object.name), rows));
  }
  for (const row of rows) states.set(row.id, { data: row, isDeleted: row.deletedAt !== null });
  return states;
}

const addsFiles = (object: ObjectSchema, fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(fields).some(([name, value]) => isFileAddition(object.fields.get(name)?.type, value));

async function readMirror({ db, tenantId }: SessionContext, object: string, ids: readonly string[]) {
  const { rows } = await sql<{ id: string } & State>`
    select id, data, deleted_at is not null as "isDeleted" from crm_record
    where tenant_id = ${tenantId} and object = ${object} and id = any(${ids}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ id, data, isDeleted }): [string, State] => [id, { data, isDeleted }]));
}

function refusal(object: ObjectSchema, draft: Draft, state: State | undefined): SwitchboardError | undefined {
  if (state?.isDeleted === true) {
    const isTwin = draft.owned && draft.crmId !== draft.record.recordId;
    return isTwin ? deletedTwin(object.name, draft.crmId) : deletedTarget(object.name);
  }
  return state === undefined && !draft.owned ? unknownTarget(object.name) : undefined;
}
