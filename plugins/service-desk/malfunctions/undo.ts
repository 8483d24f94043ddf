import { type CrmReader, type CrmRecord, NotFoundError, type PluginTables } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { awaiting, lockRow, withPending } from '../cases/pending.ts';
import type { Author, Context } from '../services.ts';
import { announcement, placeOf } from './announce.ts';
import { changeCaseOf, type CaseStep } from './change-case.ts';
import { findFolder, keepFolder, lockFolder, overlaid } from './folder.ts';
import { claimUndo, findFlow, type Flow, type Line, linesOf, noteUndone } from './ledger.ts';
import { folderChanged } from './move.ts';
import { type Undoing, undoingOf } from './rules.ts';

export interface Undone {
  readonly folder: Undoing;
  readonly lines: readonly { readonly caseId: string; readonly result: Undoing }[];
}

type UndoContext = Pick<Context, 'commit' | 'crm' | 'tables' | 'clock' | 'config' | 'tenant'>;

/**
 * Takes a flow back: whatever still is as the flow left it becomes what it was. What somebody changed since stays, and is named. Twice is once: the
 * second one is answered as the first.
 *
 * @throws NotFoundError when there is no such flow, or its folder is not for the member to see
 */
export async function undoFlow(
  context: UndoContext,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  flowId: string,
): Promise<Undone> {
  const { tables, clock } = context;
  const flow = await findFlow(tables, flowId);
  if (flow === undefined) throw noFlow();
  await findFolder({ tables, crm, now: clock.now() }, flow.folderId);
  // What is put back is what each case had, not what one role sees of it.
  const { crm: all } = context;
  const { record, current: before } = await findFolder({ tables, crm: all, now: clock.now() }, flow.folderId);
  const lines = await linesOf(tables, flowId);
  const touched = lines.filter(({ result }) => result === 'changed' || result === 'noted');
  const [place, cases] = await Promise.all([
    placeOf(all, before),
    all.getMany(
      'serviceCase',
      touched.map(({ caseId }) => caseId),
    ),
  ]);
  await context.commit({
    rows: async (own) => {
      const at = new Date(clock.now());
      const pending = await lockFolder(own, flow.folderId);
      if (!(await claimUndo(own, flowId, at, author))) return undefined;
      const steps: (CaseStep & { readonly caseId: string; readonly result: Undoing })[] = [];
      const about = { context, author, at, flow };
      for (const line of touched) steps.push(await undoCase(own, { ...about, line, record: cases.get(line.caseId) }));
      const current = overlaid(flow.folderId, record, pending, at.getTime());
      const folder = await undoFolder(own, { author, at, flow, record, current, pending });
      const results = new Map(steps.map(({ caseId, result }) => [caseId, result]));
      await noteUndone(own, flowId, { folder: folder.result, lines: results });
      return {
        writes: [...folder.writes, ...steps.flatMap(({ writes }) => writes)],
        journal: [...folder.journal, ...steps.flatMap(({ journal }) => journal)],
        live: [
          ...steps.flatMap((step) => step.live),
          announcement(flow.folderId, folder.current, place),
          folderChanged(flow.folderId, at.getTime()),
        ],
      };
    },
  });
  return await undoneOf(tables, flowId);
}

const noFlow = () =>
  new NotFoundError('There is no such change', { field: 'body.flowId', remedy: 'Open the malfunction again.' });

/** What taking it back came to, as it is kept. */
async function undoneOf(tables: PluginTables, flowId: string): Promise<Undone> {
  const flow = await findFlow(tables, flowId);
  const lines = await linesOf(tables, flowId);
  return {
    folder: flow?.undone ?? 'gone',
    lines: lines.flatMap(({ caseId, undone }) => (undone === null ? [] : [{ caseId, result: undone }])),
  };
}

interface OneCase {
  readonly context: UndoContext;
  readonly author: Author;
  readonly at: Date;
  readonly flow: Flow;
  readonly line: Line;
  readonly record: CrmRecord | undefined;
}

const nothing = { writes: [], journal: [], live: [] } as const;

async function undoCase(tables: PluginTables, { context, author, at, flow, line, record }: OneCase) {
  const { caseId } = line;
  const row = await lockRow(tables, caseId);
  const current = withPending(caseId, record, row, at.getTime());
  const result = undoingOf(current, line.became);
  if (result !== 'restored' || current === undefined) return { caseId, result, ...nothing };
  const about = { context, author, at, folderId: flow.folderId, caseId, record, current, row, note: flow.note };
  const step = await changeCaseOf(tables, { ...about, kind: 'CORRECTION', was: line.became, became: line.was });
  return { ...step, caseId, result };
}

interface OneFolder {
  readonly author: Author;
  readonly at: Date;
  readonly flow: Flow;
  readonly record: CrmRecord | undefined;
  readonly current: CrmRecord | undefined;
  readonly pending: Parameters<typeof keepFolder>[2];
}

async function undoFolder(tables: PluginTables, { author, at, flow, record, current, pending }: OneFolder) {
  const { folderId, was, became, note } = flow;
  const result = undoingOf(current, became);
  if (result !== 'restored' || current === undefined) return { result, current, ...nothing };
  const fields = { ...was, lastActivityAt: at.toISOString() };
  await keepFolder(tables, folderId, awaiting(record, pending, fields, at.getTime()));
  const by = { memberId: author.id, memberName: author.name, at, caseId: null, malfunctionId: folderId };
  const entry = await addEntry(tables, { ...by, kind: 'CORRECTION', body: note, before: became, after: was });
  return {
    result,
    current: { ...current, ...fields },
    writes: [{ object: 'malfunction', id: folderId, fields, lane: 'live' as const }],
    journal: [entry],
  };
}
