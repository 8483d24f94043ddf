import type { CrmRecord, MemberReader, PluginTables } from '@switchboard/core/contract';
import { callsIn, casesIn } from './members.ts';
import { findFolder } from './folder.ts';
import { type Flow, flowsOf, type Line } from './ledger.ts';
import { joinedIn } from './moves.ts';
import {
  caseFields,
  folderFields,
  namesFor,
  readableOf,
  shownCall,
  shownCase,
  shownFolder,
  type ShownFolder,
  type ShownMember,
  text,
} from './shown.ts';

export interface FolderPage {
  readonly folder: ShownFolder;
  readonly members: readonly (ShownMember & { readonly joined: Joined | null })[];
  readonly flows: readonly ShownFlow[];
}

/** Null where it was done in Twenty. */
interface Joined {
  readonly at: string;
  readonly by: string;
  readonly score: number | null;
}

export interface ShownFlow {
  readonly id: string;
  readonly kind: 'status' | 'note';
  readonly was: string;
  readonly became: string;
  readonly note: string;
  readonly at: string;
  readonly by: string;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
  readonly lines: readonly (Pick<Line, 'caseId' | 'result' | 'undone'> & {
    readonly was: string;
    readonly became: string;
  })[];
}

interface Sources {
  readonly tables: PluginTables;
  readonly crm: MemberReader;
  readonly now: number;
}

/** A folder with its members and what flowed from it, as the member may see it. @throws NotFoundError */
export async function showFolder(sources: Sources, id: string): Promise<FolderPage> {
  const { tables, crm } = sources;
  const { current } = await findFolder(sources, id);
  const [cases, calls, joined, flows, readableFolder, readableCase] = await Promise.all([
    casesIn(sources, id),
    callsIn(sources, id),
    joinedIn(tables, id),
    flowsOf(tables, id),
    readableOf(crm, 'malfunction', folderFields),
    readableOf(crm, 'serviceCase', caseFields),
  ]);
  const folder = readableFolder(current);
  const shownCases = [...cases.values()].map(readableCase);
  const records = [folder, ...shownCases, ...calls.values()].filter((one): one is CrmRecord => one !== undefined);
  const names = await namesFor(crm, records);
  const members = [
    ...shownCases.map((one) => shownCase(one, names)),
    ...[...calls].map(([callId, record]) => shownCall(callId, record, names)),
  ];
  const visible = new Set(cases.keys());
  return {
    folder: { ...shownFolder(folder, names), caseCount: cases.size, callCount: calls.size },
    members: members.map((member) => ({ ...member, joined: joinOf(joined.get(member.id)) })),
    flows: flows.map((flow) => shownFlow(flow, visible)),
  };
}

function joinOf(
  joined: { readonly at: Date; readonly by: string; readonly score: number | null } | undefined,
): Joined | null {
  return joined === undefined ? null : { at: joined.at.toISOString(), by: joined.by, score: joined.score };
}

/** @param visible of cases that left the folder only their number is told: whether the member may see them was not asked */
function shownFlow(flow: Flow & { readonly lines: readonly Line[] }, visible: ReadonlySet<string>): ShownFlow {
  const { id, kind, note, at, by, undoneAt, undoneBy } = flow;
  return {
    id,
    kind,
    was: text(flow.was['status']),
    became: text(flow.became['status']),
    note,
    at: at.toISOString(),
    by,
    undoneAt: undoneAt?.toISOString() ?? null,
    undoneBy,
    lines: flow.lines.map(({ caseId, result, undone, was, became }) => ({
      caseId: visible.has(caseId) ? caseId : '',
      result,
      undone,
      was: text(was['status']),
      became: text(became['status']),
    })),
  };
}
