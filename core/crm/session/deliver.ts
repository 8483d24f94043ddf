import { setTimeout as delay } from 'node:timers/promises';
import type { Lane } from '../../contract/crm.ts';
import type { SwitchboardError } from '../../contract/errors.ts';
import { RefusedError } from '../../contract/errors.ts';
import { baseFields, selectionOf, uniqueFields } from '../schema.ts';
import type { ObjectSchema } from '../schema.ts';
import {
  MissingFieldError,
  MissingObjectError,
  PermissionError,
  RecordRefusedError,
  ServerFaultError,
} from '../twenty/errors.ts';
import { updateOneRequest, upsertRequest } from '../twenty/operations.ts';
import type { RecordRow } from '../twenty/operations.ts';
import { mirrorTarget } from './context.ts';
import type { SessionContext } from './context.ts';
import type { Outgoing } from './prepare.ts';
import { findAnswered } from './twins.ts';

export type Landed = { readonly outgoing: Outgoing; readonly answer: RecordRow };

export type Outcome = {
  readonly landed: readonly Landed[];
  readonly refused: readonly { readonly outgoing: Outgoing; readonly error: SwitchboardError }[];
};

export type DeliverOptions = {
  readonly context: SessionContext;
  readonly lane: Lane;
  readonly object: ObjectSchema;
  readonly signal: AbortSignal;
  /** Makes every part of the result durable as soon as it is known: the rest may yet fail. */
  readonly settle: (outcome: Outcome) => Promise<void>;
};

/**
 * Brings records to Twenty. A refused batch is halved until the culprit stands alone, so that the others land. An upsert is not
 * atomic, and an answer may be lost after the work was done; both are harmless, because the same rows sent again by
 * their ids change nothing more (Twenty 2.21, measured).
 *
 * @throws what is not about the records themselves: the server, the credentials, the signal
 */
export async function deliver(options: DeliverOptions, records: readonly Outgoing[], tries = 1): Promise<void> {
  const { settle } = options;
  try {
    const answers = await (options.object.name === 'workspaceMember' ? updateEach : upsert)(options, records);
    await settleAnswers(options, records, answers);
  } catch (error) {
    if (error instanceof ServerFaultError && tries < 3) {
      await delay(300 * tries, undefined, { signal: options.signal });
      return deliver(options, records, tries + 1);
    }
    if (!isAboutRecords(error)) throw error;
    if (error instanceof MissingFieldError && records.some(({ row }) => error.field in row)) {
      return withoutField(options, records, error);
    }
    if (isAboutObject(error) || (records.length === 1 && !(isDuplicate(error) && tries === 1))) {
      return settle({ landed: [], refused: records.map((outgoing) => ({ outgoing, error })) });
    }
    // Another client may have created the same value a moment ago: the second try finds and updates it.
    if (records.length === 1) return deliver(options, records, tries + 1);
    const middle = Math.ceil(records.length / 2);
    await deliver(options, records.slice(0, middle));
    await deliver(options, records.slice(middle));
  }
}

/** Those that set the field are refused together; the next batch is checked against the schema of today. */
async function withoutField(
  options: DeliverOptions,
  records: readonly Outgoing[],
  error: MissingFieldError,
): Promise<void> {
  await options.context.schema.refreshed(options.signal);
  const isCulprit = ({ row }: Outgoing): boolean => error.field in row;
  const refused = records.filter(isCulprit).map((outgoing) => ({ outgoing, error }));
  await options.settle({ landed: [], refused });
  const others = records.filter((record) => !isCulprit(record));
  if (others.length > 0) await deliver(options, others);
}

const isAboutRecords = (error: unknown): error is RefusedError | ServerFaultError =>
  error instanceof RefusedError || error instanceof ServerFaultError;

const isAboutObject = (error: unknown): boolean =>
  error instanceof MissingObjectError || error instanceof PermissionError;

const isDuplicate = (error: unknown): boolean => error instanceof RecordRefusedError && error.isDuplicate;

async function upsert(
  { context, lane, object, signal }: DeliverOptions,
  records: readonly Outgoing[],
): Promise<RecordRow[]> {
  const { spec } = mirrorTarget(context, object.name);
  const selection = selectionOf(object, [...baseFields, ...spec.fields, ...uniqueFields(object)]);
  const { field, ...request } = upsertRequest(
    object,
    records.map(({ row }) => row),
    selection,
  );
  const { data } = await context.access.records(lane, object.name, request, signal);
  return (data[field] ?? []) as RecordRow[];
}

/** Members come by invitation: an API key may change one at a time, and create none (Twenty 2.21, measured). */
async function updateEach(
  { context, lane, object, signal }: DeliverOptions,
  records: readonly Outgoing[],
): Promise<RecordRow[]> {
  const selection = selectionOf(object, [...baseFields, ...mirrorTarget(context, object.name).spec.fields]);
  const answers: RecordRow[] = [];
  for (const { row, crmId } of records) {
    const { id: _id, ...data } = row;
    const { field, ...request } = updateOneRequest(object, crmId, data, selection);
    const answer = await context.access.records(lane, object.name, request, signal);
    answers.push(answer.data[field] as RecordRow);
  }
  return answers;
}

/**
 * Finds each record's row in the answer, which comes in another order and may hold fewer rows (Twenty 2.21, measured): by
 * id, or by a unique value where Twenty has the record under another id. What cannot be told apart is sent once more alone.
 */
async function settleAnswers(
  options: DeliverOptions,
  records: readonly Outgoing[],
  answers: readonly RecordRow[],
): Promise<void> {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const landed: Landed[] = [];
  const unclear: Outgoing[] = [];
  for (const outgoing of records) {
    const answer =
      byId.get(outgoing.crmId) ??
      (records.length === 1 ? answers[0] : findAnswered(options.object, outgoing.row, answers));
    if (answer === undefined) unclear.push(outgoing);
    else landed.push({ outgoing, answer });
  }
  const refused = records.length === 1 ? unclear.map((outgoing) => ({ outgoing, error: unanswered() })) : [];
  await options.settle({ landed, refused });
  if (records.length > 1) for (const outgoing of unclear) await deliver(options, [outgoing]);
}

const unanswered = (): RefusedError =>
  new RefusedError('Twenty took the record without answering it', {
    remedy: 'look it up in Twenty, then replay or discard',
  });
