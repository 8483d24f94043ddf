import { randomUUID } from 'node:crypto';
import type { CrmReader, CrmRecord, PluginTables } from '@switchboard/core/contract';
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
import { casesIn } from './members.ts';
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

/** What a status of the folder would do to its cases. Changes nothing. @throws NotFoundError */
export async function previewFlow(
  { tables, clock }: Pick<FlowContext, 'tables' | 'clock'>,
  crm: CrmReader,
  folderId: string,
  to: FolderState,
): Promise<Preview[]> {
  const sources = { tables, crm, now: clock.now() };
  await findFolder(sources, folderId);
  const [cases, left] = await Promise.all([casesIn(sources, folderId), leftByFlows(tables, folderId)]);
  return [...cases].map(([caseId, one]) => previewOf(caseId, one, to, left.get(caseId)));
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
  const preview = await previewFlow(context, asking.crm, wanted.folderId, wanted.to);
  const isOpen = preview.some(({ result }) => result === 'changes');
  if (wanted.cases === undefined && isOpen && isEndedFolder(wanted.to)) return { outcome: 'asks', preview };
  return await flow(context, asking, { ...wanted, kind: 'status', cases: wanted.cases ?? [] });
}

export interface FolderNote {
  readonly requestId: string;
  readonly folderId: string;
  readonly text: string;
  readonly cases: readonly string[];
}

/** Writes a note to the folder, and to the chosen cases. @throws as `changeStatus` */
export async function addFolderNote(context: FlowContext, asking: Asking, note: FolderNote): Promise<Flowed> {
  const { text: words, ...rest } = note;
  return await flow(context, asking, { ...rest, kind: 'note', to: undefined, note: words });
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
  readonly cases: ReadonlyMap<string, CrmRecord>;
}

async function flow(context: FlowContext, { author, crm }: Asking, wanted: Flowing): Promise<Flowed> {
  const { requestId, ...asked } = wanted;
  const sources = { tables: context.tables, crm, now: context.clock.now() };
  const { record, current } = await findFolder(sources, wanted.folderId);
  const ids = [...(await casesIn(sources, wanted.folderId)).keys()].toSorted();
  const [place, cases] = await Promise.all([placeOf(context.crm, current), crm.getMany('serviceCase', ids)]);
  const before = { flowId: randomUUID(), cases };
  return await once<Flowed>(context.commit, { memberId: author.id, requestId, asked }, async (tables) => {
    const at = new Date(context.clock.now());
    const pending = await lockFolder(tables, wanted.folderId);
    const folder = folderFrom(wanted.folderId, record, pending, at.getTime());
    const left = await leftByFlows(tables, wanted.folderId);
    const steps: (Omit<Line, 'undone'> & CaseStep)[] = [];
    const about = { context, author, at, wanted, before };
    for (const id of ids) steps.push(await flowInto(tables, { ...about, id, left: left.get(id) }));
    const own = await changeFolder(tables, { author, at, wanted, folder, flowId: before.flowId, lines: steps });
    return {
      answer: {
        outcome: 'done' as const,
        flowId: before.flowId,
        lines: steps.map(({ caseId, result }) => ({ caseId, result })),
      },
      changes: {
        writes: [...own.writes, ...steps.flatMap(({ writes }) => writes)],
        journal: [...own.journal, ...steps.flatMap(({ journal }) => journal)],
        live: [
          ...steps.flatMap((step) => step.live),
          announcement(wanted.folderId, own.current, place),
          folderChanged(wanted.folderId, at.getTime()),
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
  readonly id: string;
  readonly left: Fields | undefined;
}

const unchanged = { was: {}, became: {}, writes: [], journal: [], live: [] } as const;

async function flowInto(tables: PluginTables, { context, author, at, wanted, before, id, left }: OneCase) {
  const row = await lockRow(tables, id);
  const record = before.cases.get(id);
  const current = withPending(id, record, row, at.getTime());
  const isMember = current !== undefined && linkOf(current, 'malfunctionId') === wanted.folderId;
  const stay = (result: LineResult) => ({ ...unchanged, caseId: id, result });
  if (!isMember) return stay('gone');
  const verdict = wanted.kind === 'note' ? undefined : verdictOf(current, wanted.to, left);
  if (verdict !== undefined && verdict.result !== 'changes') return stay(verdict.result);
  if (!wanted.cases.includes(id)) return stay('left-out');
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
