import { ConflictError, type CrmReader, NotFoundError, type PluginTables } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { linkOf } from '../malfunctions/call-state.ts';
import { type Fields, isAsLeft } from '../malfunctions/rules.ts';
import { isEnded, statusFollows } from '../map.ts';
import type { Author, Context } from '../services.ts';
import { endMerge, lockMerges, type Merge, mergeById, mergedInto, mergeOf, returnReminders } from './store.ts';
import { type Held, holdCases, nothingTouched, together, touch, type Touched } from './touch.ts';

/** Taken back later, too much would have happened to both. */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Unmerged {
  /** `changed-since`: the case is its own again and stays as somebody has left it. */
  readonly outcome: 'restored' | 'changed-since' | 'gone' | 'undone-already';
  readonly caseId: string;
}

/** Takes a merge back. Twice is once. @throws NotFoundError; ConflictError after thirty days */
export async function undoMerge(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  mergeId: string,
): Promise<Unmerged> {
  const merge = await mergeById(context.tables, mergeId);
  if (merge === undefined || (await crm.get('serviceCase', merge.intoId)) === undefined) throw noMerge();
  if (merge.isUndone) return { outcome: 'undone-already', caseId: merge.caseId };
  if (context.clock.now() - merge.at.getTime() > UNDO_DAYS * DAY_MS) throw tooLate();
  const records = await context.crm.getMany('serviceCase', [merge.caseId, merge.intoId]);
  let answer: Unmerged = { outcome: 'undone-already', caseId: merge.caseId };
  await context.commit({
    rows: async (tables) => {
      await lockMerges(tables);
      const at = new Date(context.clock.now());
      const held = await holdCases(tables, [merge.caseId, merge.intoId], records, at.getTime());
      if (!(await endMerge(tables, mergeId, at, author.name))) return undefined;
      const part = await separate(tables, { context, author, at, merge, held });
      answer = { outcome: part.outcome, caseId: merge.caseId };
      return part.changes;
    },
  });
  return answer;
}

const noMerge = () =>
  new NotFoundError('There is no such merge', { field: 'body.mergeId', remedy: 'Load the page again.' });

const tooLate = () =>
  new ConflictError(`A merge can be taken back for ${UNDO_DAYS} days`, {
    field: 'body.mergeId',
    remedy: 'Open a new case, and link it to this one.',
  });

interface Separating {
  readonly context: Context;
  readonly author: Author | null;
  readonly at: Date;
  readonly merge: Merge;
  readonly held: ReadonlyMap<string, Held>;
}

async function separate(tables: PluginTables, { context, author, at, merge, held }: Separating) {
  await returnReminders(tables, merge);
  const [from, into] = [held.get(merge.caseId), held.get(merge.intoId)];
  const by = { context, author, at };
  const { mergedIntoId: _link, ...left } = merge.became;
  const isAsItWas = from?.current !== undefined && isAsLeft(from.current, left);
  const back: Fields = isAsItWas ? merge.was : { mergedIntoId: merge.was['mergedIntoId'] ?? null };
  const own =
    from?.current === undefined
      ? nothingTouched
      : await touch(tables, { ...from, current: from.current }, { ...by, fields: back });
  const isInFolder =
    into?.current !== undefined && merge.folderId !== null && linkOf(into.current, 'malfunctionId') === merge.folderId;
  const other =
    into?.current === undefined || author === null
      ? nothingTouched
      : await touch(
          tables,
          { ...into, current: into.current },
          { ...by, fields: isInFolder ? { malfunctionId: null } : {} },
        );
  const entry = await addEntry(tables, {
    kind: 'CORRECTION',
    at,
    memberId: author?.id ?? null,
    memberName: author?.name ?? '',
    caseId: merge.caseId,
    others: [{ object: 'serviceCase', id: merge.intoId }],
    before: merge.became,
    after: back,
  });
  const gone = from?.current === undefined ? ('gone' as const) : undefined;
  const outcome: Unmerged['outcome'] = gone ?? (isAsItWas ? 'restored' : 'changed-since');
  return {
    outcome,
    changes: { ...together(own, other), journal: [entry] },
  };
}

/** A case was deleted in Twenty: what went on in it is on its own again, and what it was part of has lost nothing. */
export async function separateDeleted(context: Context, caseId: string): Promise<void> {
  const parts = (await mergedInto(context.tables, caseId)).filter(({ intoId }) => intoId === caseId);
  const own = await mergeOf(context.tables, caseId);
  if (parts.length === 0 && own === undefined) return;
  const records = await context.crm.getMany(
    'serviceCase',
    parts.map((merge) => merge.caseId),
  );
  await context.commit({
    rows: async (tables) => {
      await lockMerges(tables);
      const at = new Date(context.clock.now());
      const held = await holdCases(
        tables,
        parts.map((merge) => merge.caseId),
        records,
        at.getTime(),
      );
      if (own !== undefined) await endMerge(tables, own.id, at, '');
      const done = [];
      for (const merge of parts) {
        if (await endMerge(tables, merge.id, at, ''))
          done.push(await separate(tables, { context, author: null, at, merge, held }));
      }
      return {
        ...together(...done.map(({ changes }) => changes)),
        journal: done.flatMap(({ changes }) => changes.journal),
      };
    },
  });
}

/**
 * Somebody outside has changed a merged case. Its link was taken away: then they are two again. It was opened, as by a mail that was being filed
 * while it was merged: then it ends again, and the case in which it goes on is open.
 */
export async function noteMergedChange(context: Context, caseId: string, fields: readonly string[]): Promise<void> {
  if (!fields.includes('status') && !fields.includes('mergedIntoId')) return;
  const merge = await mergeOf(context.tables, caseId);
  if (merge === undefined) return;
  const records = await context.crm.getMany('serviceCase', [caseId, merge.intoId]);
  await context.commit({
    rows: async (tables) => {
      await lockMerges(tables);
      const at = new Date(context.clock.now());
      const held = await holdCases(tables, [caseId, merge.intoId], records, at.getTime());
      const [from, into] = [held.get(caseId), held.get(merge.intoId)];
      if (from?.current === undefined || (await mergeOf(tables, caseId))?.id !== merge.id) return undefined;
      if (linkOf(from.current, 'mergedIntoId') !== merge.intoId) {
        await endMerge(tables, merge.id, at, '');
        await returnReminders(tables, merge);
        return undefined;
      }
      if (isEnded(from.current['status'])) return undefined;
      const by = { context, author: null, at };
      const closed = await touch(tables, { ...from, current: from.current }, { ...by, fields: merge.became });
      return together(closed, await openSurvivor(tables, into, by));
    },
  });
}

async function openSurvivor(
  tables: PluginTables,
  into: Held | undefined,
  by: { readonly context: Context; readonly author: null; readonly at: Date },
): Promise<Touched> {
  if (into?.current === undefined || !isEnded(into.current['status'])) return nothingTouched;
  const before = { status: into.current['status'], reopenCount: into.current['reopenCount'] };
  const fields = { status: 'OPEN', ...statusFollows(before, 'OPEN', by.at.toISOString()) };
  return await touch(tables, { ...into, current: into.current }, { ...by, fields });
}
