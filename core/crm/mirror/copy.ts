import { mirrorTarget } from '../session/context.ts';
import type { SessionContext } from '../session/context.ts';
import type { ObjectSchema } from '../schema.ts';
import { changedFilter, deletedFilter, pageRequest, readPage, withDeleted } from '../twenty/operations.ts';
import type { Page } from '../twenty/operations.ts';
import type { MirrorSpec } from './declare.ts';
import { fieldsOnTheirWay, withoutEcho } from './echo.ts';
import { applyRows } from './store.ts';
import type { RecordChange } from './store.ts';
import { noteCopied, notePolled } from './sync-state.ts';

/** The first rows are there soon; then pages grow, because each costs one call. Twenty sets no maximum (2.21, measured). */
const firstPage = 200;
const laterPages = 1000;

/** Twenty stores `updatedAt` before the change is visible, and its processes' clocks differ a little. */
const overlapMs = 60_000;

export type CopySlice = {
  /** Where the last slice ended. */
  readonly from: string | null;
  /** Milliseconds since the epoch: no page is asked for later. */
  readonly until: number;
  readonly onPage: (rows: number) => void;
};

/**
 * Copies an object page by page, from where the last slice stopped: every page is committed together with its cursor, while the
 * next one is on its way. Nothing is announced, because copied records are not new.
 *
 * @returns whether the copy is complete
 */
export async function copyObject(
  context: SessionContext,
  object: ObjectSchema,
  { from, until, onPage }: CopySlice,
  signal: AbortSignal,
): Promise<boolean> {
  const target = mirrorTarget(context, object.name);
  const read = (after: string | undefined) =>
    readOne(context, 'bulk', object, signal, {
      fields: target.spec.fields,
      filter: withDeleted,
      first: after === undefined ? firstPage : laterPages,
      after,
      count: after === undefined,
    });
  let reading = read(from ?? undefined);
  for (;;) {
    const { page, serverTime } = await reading;
    const goesOn = page.next !== undefined && context.clock.now() < until && !signal.aborted;
    if (goesOn) {
      reading = read(page.next);
      // Awaited in the next turn, unless storing this page fails first.
      reading.catch(() => undefined);
    }
    const progress = { cursor: page.next, rows: page.rows.length, total: page.total, watermark: serverTime };
    await context.db.transaction().execute(async (transaction) => {
      await applyRows(transaction, target, page.rows);
      await noteCopied(transaction, context.tenantId, object.name, progress);
    });
    onPage(page.rows.length);
    if (!goesOn) return page.next === undefined;
  }
}

/** How many records Twenty has, deleted ones too or without them. */
export async function countInTwenty(
  context: SessionContext,
  object: ObjectSchema,
  which: 'all' | 'alive',
  signal: AbortSignal,
): Promise<number> {
  const filter = which === 'all' ? withDeleted : {};
  const { page } = await readOne(context, 'normal', object, signal, { fields: [], filter, first: 1, count: true });
  return page.total ?? 0;
}

/**
 * Reads what changed since the watermark, deleted rows included. This heals lost webhooks: Twenty sends each once and never
 * again (2.21, measured). Of objects that are only written, only deletions matter.
 */
export async function pollObject(
  context: SessionContext,
  object: ObjectSchema,
  lastWatermark: Date | null,
  signal: AbortSignal,
): Promise<number> {
  const target = mirrorTarget(context, object.name);
  const { spec } = target;
  const since = new Date((lastWatermark?.getTime() ?? context.clock.now()) - overlapMs);
  let watermark: Date | undefined;
  let missed = 0;
  let after: string | undefined;
  do {
    const { page, serverTime } = await readOne(context, 'normal', object, signal, {
      fields: [...spec.fields, 'updatedBy'],
      filter: spec.mirrored ? changedFilter(since) : deletedFilter(since),
      first: laterPages,
      after,
    });
    watermark ??= serverTime;
    const changes = await context.db.transaction().execute(async (transaction) => {
      const ids = page.rows.map(({ id }) => id);
      const onTheirWay = await fieldsOnTheirWay(transaction, context.tenantId, ids);
      const applied = await applyRows(transaction, target, page.rows);
      const news = applied.flatMap((change) => withoutEcho(change, onTheirWay.get(change.recordId)));
      await announce(context, transaction, spec, recovered(news));
      return news;
    });
    missed += changes.length;
    after = page.next;
  } while (after !== undefined && !signal.aborted);
  await notePolled(context.db, context.tenantId, object.name, { watermark: watermark ?? since, missed });
  return missed;
}

/** What comparing has found, and no webhook has told. */
export const recovered = (changes: readonly RecordChange[]): RecordChange[] =>
  changes.map((change) => ({ ...change, isRecovered: true }));

/** Tells the plugins, unless nobody mirrors the object. */
export async function announce(
  { onRecordChange, tenantId }: Pick<SessionContext, 'onRecordChange' | 'tenantId'>,
  transaction: Parameters<SessionContext['onRecordChange']>[0],
  spec: MirrorSpec,
  changes: readonly RecordChange[],
): Promise<void> {
  if (spec.mirrored && changes.length > 0) await onRecordChange(transaction, tenantId, changes);
}

async function readOne(
  { access, clock }: SessionContext,
  lane: 'normal' | 'bulk',
  object: ObjectSchema,
  signal: AbortSignal,
  options: Parameters<typeof pageRequest>[1],
): Promise<{ page: Page; serverTime: Date }> {
  const { data, serverTime } = await access.records(lane, object.name, pageRequest(object, options), signal);
  return { page: readPage(object, data), serverTime: serverTime ?? new Date(clock.now()) };
}
