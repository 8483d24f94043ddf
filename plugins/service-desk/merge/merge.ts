import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  type CrmReader,
  type CrmRecord,
  NotFoundError,
  type PluginTables,
} from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { findCase } from '../cases/find.ts';
import { once } from '../cases/once.ts';
import { linkOf } from '../malfunctions/call-state.ts';
import { isEnded } from '../map.ts';
import type { Author, Context } from '../services.ts';
import { keepMerge, lockMerges, mergeOf, moveReminders, survivorOf } from './store.ts';
import { type Held, holdCases, together, touch } from './touch.ts';

export interface Merging {
  readonly requestId: string;
  /** The case that ends. */
  readonly caseId: string;
  /** The one in which it goes on. */
  readonly intoId: string;
}

export type Merged =
  | { readonly outcome: 'merged'; readonly mergeId: string; readonly intoId: string }
  /** Somebody was faster, perhaps the other way round: both are one case already. */
  | { readonly outcome: 'one-already'; readonly intoId: string };

interface Asking {
  readonly author: Author;
  readonly crm: CrmReader;
}

/**
 * Makes one case of two. The merged one is closed and points to the other, where its calls, mails and notes are seen and its mails are answered;
 * nothing of it is moved, so that taking it back loses nothing.
 *
 * @throws ConflictError when the case went on elsewhere meanwhile, or would vanish in one that is over; NotFoundError for one that is not there
 */
export async function mergeCases(context: Context, asking: Asking, wanted: Merging): Promise<Merged> {
  const { requestId, ...asked } = wanted;
  const { author, crm } = asking;
  const sources = { tables: context.tables, crm, now: context.clock.now() };
  await findCase(sources, wanted.caseId);
  await findCase(sources, wanted.intoId);
  if (wanted.caseId === wanted.intoId) throw sameCase();
  for (;;) {
    const survivor = await survivorOf(context.tables, wanted.intoId);
    const records = await context.crm.getMany('serviceCase', [wanted.caseId, survivor]);
    const merged = await once<Merged | Moved>(
      context.commit,
      { memberId: author.id, requestId: `${requestId}/${survivor}`, asked },
      async (tables) => await merge(tables, context, { author, caseId: wanted.caseId, survivor, wanted, records }),
    );
    if (merged.outcome !== 'moved') return merged;
  }
}

/** The other case was merged in this moment: its records have to be read anew. */
interface Moved {
  readonly outcome: 'moved';
}

interface Step {
  readonly author: Author;
  readonly caseId: string;
  readonly survivor: string;
  readonly wanted: Merging;
  readonly records: ReadonlyMap<string, CrmRecord>;
}

async function merge(tables: PluginTables, context: Context, { author, caseId, survivor, wanted, records }: Step) {
  const at = new Date(context.clock.now());
  await lockMerges(tables);
  const [intoId, own] = [await survivorOf(tables, wanted.intoId), await survivorOf(tables, caseId)];
  if (own === intoId) return { answer: { outcome: 'one-already' as const, intoId }, changes: {} };
  if (own !== caseId) throw elsewhere();
  if (intoId !== survivor) return { answer: { outcome: 'moved' as const }, changes: {} };
  const held = await holdCases(tables, [caseId, intoId], records, at.getTime());
  const [from, into] = [present(held.get(caseId)), present(held.get(intoId))];
  if (isEnded(into.current['status']) && !isEnded(from.current['status'])) throw isOver();
  const became = { mergedIntoId: intoId, status: 'CLOSED', closedAt: at.toISOString(), closeReason: 'MERGED' };
  const was = Object.fromEntries(Object.keys(became).map((field) => [field, from.current[field] ?? null]));
  const folderId = linkOf(into.current, 'malfunctionId') === null ? linkOf(from.current, 'malfunctionId') : null;
  const id = randomUUID();
  const reminders = await moveReminders(tables, caseId, intoId);
  await keepMerge(tables, { id, caseId, intoId, was, became, folderId, reminders, at }, author);
  const by = { context, author, at };
  const touched = together(
    await touch(tables, from, { ...by, fields: became }),
    await touch(tables, into, { ...by, fields: folderId === null ? {} : { malfunctionId: folderId } }),
  );
  const entry = await addEntry(tables, {
    kind: 'MERGED',
    at,
    memberId: author.id,
    memberName: author.name,
    caseId,
    others: [{ object: 'serviceCase', id: intoId }],
    before: was,
    after: became,
  });
  return { answer: { outcome: 'merged' as const, mergeId: id, intoId }, changes: { ...touched, journal: [entry] } };
}

function present(held: Held | undefined): Held & { readonly current: CrmRecord } {
  if (held?.current !== undefined) return { ...held, current: held.current };
  throw new NotFoundError('One of the cases was deleted in Twenty', {
    field: 'body.intoId',
    remedy: 'Load the page again; nothing was changed.',
  });
}

const sameCase = () =>
  new ConflictError('A case cannot be merged into itself', { field: 'body.intoId', remedy: 'Choose another case.' });

const elsewhere = () =>
  new ConflictError('This case was merged into another one in the meantime', {
    field: 'body.caseId',
    remedy: 'Open the case in which it goes on, and merge that one.',
  });

const isOver = () =>
  new ConflictError('The case to merge into is over, and this one is still open', {
    field: 'body.intoId',
    remedy: 'Open the other case again first, or merge the other way round.',
  });

/** What is written to a merged case goes to the one in which it goes on. @throws ConflictError for a status of its own */
export async function demandOwnStatus(tables: PluginTables, caseId: string): Promise<void> {
  if ((await mergeOf(tables, caseId)) === undefined) return;
  throw new ConflictError('This case was merged into another one, which has the status of both', {
    field: 'body.changes.status',
    remedy: 'Change the other case, or take the merge back.',
  });
}
