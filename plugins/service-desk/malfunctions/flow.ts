import { randomUUID } from 'node:crypto';
import { ConflictError, type CrmReader, type CrmRecord, type PluginTables } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { once } from '../cases/once.ts';
import { awaiting, lockRow, withPending } from '../cases/pending.ts';
import { statusFollows } from '../map.ts';
import type { Author, Context } from '../services.ts';
import { announcement, placeOf } from './announce.ts';
import { linkOf } from './call-state.ts';
import { type CaseStep, changeCaseOf } from './change-case.ts';
import { type FolderState, isEndedFolder } from './choices.ts';
import { type Folder, findFolder, folderFrom, keepFolder, lockFolder } from './folder.ts';
import { leftByFlows, type Line, type LineResult, writeFlow } from './ledger.ts';
import { casesIn, comingCases } from './members.ts';
import { folderChanged } from './move.ts';
import { type Fields, verdictOf } from './rules.ts';
import { text } from './shown.ts';

export interface Preview {
  readonly caseId: string;
  readonly status: string;
  /** What the case would become; null where it stays as it is. */
  readonly to: string | null;
  readonly result: 'changes' | 'ended-on-its-own' | 'as-it-is';
}

export interface Asking {
  readonly author: Author;
  /** Of the member. */
  readonly crm: CrmReader;
}

type FlowContext = Pick<Context, 'commit' | 'crm' | 'tables' | 'clock' | 'config' | 'tenant'>;

/** What a status of the folder would do to the cases that the member sees. Changes nothing. @throws NotFoundError */
export async function previewFlow(
  { tables, clock, crm: all }: Pick<FlowContext, 'tables' | 'clock' | 'crm'>,
  crm: CrmReader,
  folderId: string,
  to: FolderState,
): Promise<Preview[]> {
  const sources = { tables, crm, now: clock.now() };
  await findFolder(sources, folderId);
  const [{ cases, visible }, left] = await Promise.all([
    membersOf({ ...sources, all }, folderId),
    leftByFlows(tables, folderId),
  ]);
  return [...cases]
    .filter(([caseId]) => visible.has(caseId))
    .map(([caseId, one]) => previewOf(caseId, one, to, left.get(caseId)));
}

interface Members {
  /** Every case of the folder with all its fields: what is kept of a case is what it had, not what one role sees of it. */
  readonly cases: ReadonlyMap<string, CrmRecord>;
  /** Those that the member sees. */
  readonly visible: ReadonlySet<string>;
}

async function membersOf(
  { tables, crm, all, now }: Pick<FlowContext, 'tables'> & { crm: CrmReader; all: CrmReader; now: number },
  folderId: string,
): Promise<Members> {
  const [cases, seen] = await Promise.all([
    casesIn({ tables, crm: all, now }, folderId),
    casesIn({ tables, crm, now }, folderId),
  ]);
  const ids = [...cases.keys()];
  const [records, shown] = await Promise.all([all.getMany('serviceCase', ids), crm.getMany('serviceCase', ids)]);
  // One that was opened a moment ago has no record yet.
  const isShown = (id: string) => seen.has(id) && (shown.has(id) || !records.has(id));
  return { cases, visible: new Set(ids.filter(isShown)) };
}

function previewOf(caseId: string, one: CrmRecord, state: FolderState, left: Fields | undefined): Preview {
  const verdict = verdictOf(one, state, left);
  const to = verdict.result === 'changes' ? verdict.to : null;
  return { caseId, status: text(one['status']), to, result: verdict.result };
}

export interface StatusChange {
  readonly requestId: string;
  readonly folderId: string;
  readonly to: FolderState;
  /** Cases that take part. Without it nobody has decided: a folder with open members does not end then. */
  readonly cases?: readonly string[] | undefined;
  readonly note: string;
}

export type Flowed =
  | { readonly outcome: 'done'; readonly flowId: string; readonly lines: readonly Pick<Line, 'caseId' | 'result'>[] }
  /** Nothing was changed: it would end open cases, and nobody has said what is to become of them. */
  | { readonly outcome: 'asks'; readonly preview: readonly Preview[] };

/** Gives a folder another status, and the chosen cases with it. @throws NotFoundError; ConflictError for a request id that meant something else */
export async function changeStatus(context: FlowContext, asking: Asking, wanted: StatusChange): Promise<Flowed> {
  const { cases = [], ...rest } = wanted;
  const isDecided = wanted.cases !== undefined || !isEndedFolder(wanted.to);
  try {
    return await flow(context, asking, { ...rest, kind: 'status', cases }, isDecided);
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { outcome: 'asks', preview: await previewFlow(context, asking.crm, wanted.folderId, wanted.to) };
  }
}

/** An open case would be left in a folder that ends: nothing of it is kept. */
class Undecided extends Error {}

export interface FolderNote {
  readonly requestId: string;
  readonly folderId: string;
  readonly text: string;
  readonly cases: readonly string[];
}

/** Writes a note to the folder, and to the chosen cases. @throws as `changeStatus` */
export async function addFolderNote(context: FlowContext, asking: Asking, note: FolderNote): Promise<Flowed> {
  const { text: words, ...rest } = note;
  return await flow(context, asking, { ...rest, kind: 'note', to: undefined, note: words }, true);
}

type Flowing = {
  readonly requestId: string;
  readonly folderId: string;
  readonly cases: readonly string[];
  readonly note: string;
} & ({ readonly kind: 'status'; readonly to: FolderState } | { readonly kind: 'note'; readonly to: undefined });

/** All that is read before anything is locked. */
interface Before {
  readonly flowId: string;
  /** Of the mirror, by id. */
  readonly records: ReadonlyMap<string, CrmRecord>;
  readonly visible: ReadonlySet<string>;
}

/** Somebody put a case in after the members were read. */
class Joined extends Error {}

/** So often somebody has to be faster before it is given up. */
const MOST_TRIES = 5;

/** @param isDecided that open cases may be left in it has been said, or they do not matter */
async function flow(context: FlowContext, asking: Asking, wanted: Flowing, isDecided: boolean): Promise<Flowed> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    try {
      return await flowOnce(context, asking, wanted, isDecided);
    } catch (error) {
      if (!(error instanceof Joined)) throw error;
    }
  }
  throw new ConflictError('Cases are being put into this malfunction faster than it can be changed', {
    field: 'body.folderId',
    remedy: 'Try again in a moment.',
  });
}

async function flowOnce(context: FlowContext, { author, crm }: Asking, wanted: Flowing, isDecided: boolean) {
  const { requestId, ...asked } = wanted;
  const { tables: outer, clock, crm: all } = context;
  const { folderId } = wanted;
  const sources = { tables: outer, crm, now: clock.now() };
  await findFolder(sources, folderId);
  const { record, current } = await findFolder({ ...sources, crm: all }, folderId);
  const comingBefore = await comingCases(outer, folderId);
  const members = await membersOf({ ...sources, all }, folderId);
  // What has left it by all that is known may come back until the lock is taken.
  const ids = [...new Set([...members.cases.keys(), ...comingBefore])].toSorted();
  const [place, records] = await Promise.all([placeOf(all, current), all.getMany('serviceCase', ids)]);
  const before = { flowId: randomUUID(), records, visible: members.visible };
  return await once<Flowed>(context.commit, { memberId: author.id, requestId, asked }, async (tables) => {
    const at = new Date(clock.now());
    // Whoever puts a case in takes this lock too, so from here on nobody joins.
    const pending = await lockFolder(tables, folderId);
    const coming = await comingCases(tables, folderId);
    if (coming.some((id) => !ids.includes(id))) throw new Joined();
    const folder = folderFrom(folderId, record, pending, at.getTime());
    const left = await leftByFlows(tables, folderId);
    const steps: (Omit<Line, 'undone'> & CaseStep)[] = [];
    const about = { context, author, at, wanted, before, isDecided };
    for (const id of ids) {
      const step = await flowInto(tables, { ...about, id, left: left.get(id) });
      if (step.result !== 'gone' || members.cases.has(id)) steps.push(step);
    }
    const own = await changeFolder(tables, { author, at, wanted, folder, flowId: before.flowId, lines: steps });
    return {
      answer: {
        outcome: 'done' as const,
        flowId: before.flowId,
        lines: steps
          .filter(({ caseId }) => before.visible.has(caseId))
          .map(({ caseId, result }) => ({ caseId, result })),
      },
      changes: {
        writes: [...own.writes, ...steps.flatMap(({ writes }) => writes)],
        journal: [...own.journal, ...steps.flatMap(({ journal }) => journal)],
        live: [
          ...steps.flatMap((step) => step.live),
          announcement(folderId, own.current, place),
          folderChanged(folderId, at.getTime()),
        ],
      },
    };
  });
}

interface OneCase {
  readonly context: FlowContext;
  readonly author: Author;
  readonly at: Date;
  readonly wanted: Flowing;
  readonly before: Before;
  readonly isDecided: boolean;
  readonly id: string;
  readonly left: Fields | undefined;
}

const unchanged = { was: {}, became: {}, writes: [], journal: [], live: [] } as const;

async function flowInto(tables: PluginTables, { isDecided, ...one }: OneCase) {
  const { context, author, at, wanted, before, id, left } = one;
  const row = await lockRow(tables, id);
  const record = before.records.get(id);
  const current = withPending(id, record, row, at.getTime());
  const isMember = current !== undefined && linkOf(current, 'malfunctionId') === wanted.folderId;
  const stay = (result: LineResult) => ({ ...unchanged, caseId: id, result });
  if (!isMember) return stay('gone');
  const verdict = wanted.kind === 'note' ? undefined : verdictOf(current, wanted.to, left);
  if (verdict !== undefined && verdict.result !== 'changes') return stay(verdict.result);
  if (!isDecided) throw new Undecided();
  if (!wanted.cases.includes(id) || !before.visible.has(id)) return stay('left-out');
  const became = verdict === undefined ? {} : becoming(current, verdict.to, at);
  const was = Object.fromEntries(Object.keys(became).map((field) => [field, current[field] ?? null]));
  const about = { context, author, at, folderId: wanted.folderId, caseId: id, record, current, row, note: wanted.note };
  const kind = verdict === undefined ? 'NOTE' : 'STATUS';
  const step = await changeCaseOf(tables, { ...about, kind, was, became });
  const result: LineResult = verdict === undefined ? 'noted' : 'changed';
  return { ...step, caseId: id, result, was, became };
}

function becoming(current: CrmRecord, to: string, at: Date): Fields {
  const before = { status: current['status'], reopenCount: current['reopenCount'] };
  return { status: to, ...statusFollows(before, to, at.toISOString()) };
}

interface OwnChange {
  readonly author: Author;
  readonly at: Date;
  readonly wanted: Flowing;
  readonly folder: Folder;
  readonly flowId: string;
  readonly lines: readonly Omit<Line, 'undone'>[];
}

/** The folder itself, its journal, and the ledger. */
async function changeFolder(tables: PluginTables, { author, at, wanted, folder, flowId, lines }: OwnChange) {
  const { id: folderId, current, record, pending } = folder;
  const became = wanted.kind === 'note' ? {} : folderBecoming(current, wanted.to, at);
  const was = Object.fromEntries(Object.keys(became).map((field) => [field, current[field] ?? null]));
  const fields = { ...became, lastActivityAt: at.toISOString() };
  await keepFolder(tables, folderId, awaiting(record, pending, fields, at.getTime()));
  const { kind, note } = wanted;
  const noted = lines.map(({ caseId, result, was: before, became: after }) => ({
    caseId,
    result,
    was: before,
    became: after,
  }));
  await writeFlow(tables, { id: flowId, folderId, kind, was, became, note, at, author }, noted);
  const by = { memberId: author.id, memberName: author.name, at, caseId: null, malfunctionId: folderId };
  const entry = await addEntry(tables, {
    ...by,
    kind: kind === 'note' ? 'NOTE' : 'STATUS',
    body: note,
    before: was,
    after: became,
  });
  return {
    current: { ...current, ...fields },
    writes: [{ object: 'malfunction', id: folderId, fields, lane: 'live' as const }],
    journal: [entry],
  };
}

function folderBecoming(current: CrmRecord, to: FolderState, at: Date): Fields {
  if (current['status'] === to) return {};
  const now = at.toISOString();
  if (to === 'RESOLVED') return { status: to, resolvedAt: now, closedAt: null };
  if (to === 'CLOSED') return { status: to, closedAt: now };
  return isEndedFolder(current['status']) ? { status: to, resolvedAt: null, closedAt: null } : { status: to };
}
