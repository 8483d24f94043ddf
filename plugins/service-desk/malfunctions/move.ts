import {
  type CrmReader,
  type CrmRecord,
  type CrmWrite,
  type JobInput,
  type JournalInput,
  live,
  type LiveChange,
} from '@switchboard/core/contract';
import type { PluginTables } from '@switchboard/core/contract';
import { fileCall, lockCall } from '../cases/calls.ts';
import { addEntry } from '../cases/entries.ts';
import { awaiting, keepPending, lockRow, withPending } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import type { Author, Context } from '../services.ts';
import { callCase, callFolder, callRows, isOwnId, linkOf } from './call-state.ts';
import type { MemberName } from './choices.ts';
import { findFolder, lockFolder } from './folder.ts';
import { countMembers } from './count.ts';
import { noteMove } from './moves.ts';
import { placingOf } from './rules.ts';
import { folderChangesTopic } from './topics.ts';

export interface MoveResult extends MemberName {
  readonly result: 'put' | 'moved' | 'there' | 'taken-out' | 'not-in-it' | 'not-found';
  /** The folder that the member was in before, where that is another one than the one that was named. */
  readonly from: string | null;
}

interface Chosen {
  readonly members: readonly MemberName[];
  /** Of the suggestion that is followed. */
  readonly score?: number | undefined;
}

export type Moving =
  | (Chosen & { readonly into: true; readonly folderId: string })
  /** Without a folder: out of the one that each is in. */
  | (Chosen & { readonly into: false; readonly folderId?: string | undefined });

type MoveContext = Pick<Context, 'commit' | 'crm' | 'tables' | 'clock'>;

interface Asking {
  readonly author: Author;
  /** Of the member: what the role may not read is not found. */
  readonly crm: Pick<CrmReader, 'get' | 'getMany'>;
}

/**
 * Puts calls and cases into a folder, or takes them out; each has its own result, and again changes nothing. A member is in one folder at a time.
 *
 * @throws NotFoundError when there is no such folder
 */
export async function moveMembers(
  context: MoveContext,
  { author, crm }: Asking,
  moving: Moving,
): Promise<MoveResult[]> {
  const { tables, clock } = context;
  if (moving.folderId !== undefined) await findFolder({ tables, crm, now: clock.now() }, moving.folderId);
  const known = await readMembers(context, crm, moving.members);
  const results: MoveResult[] = [];
  await context.commit({
    rows: async (own) => {
      results.length = 0;
      const steps: Step[] = [];
      // Whoever ends the folder at this moment sees all that is in it, or what comes afterwards waits.
      if (moving.into) await lockFolder(own, moving.folderId);
      // In one order for everybody, so that two who move the same members wait for each other and not for ever.
      for (const member of inOrder(moving.members)) {
        const move = member.object === 'serviceCase' ? moveCase : moveCall;
        const step = await move({ tables: own, now: clock.now(), author, moving, member, known: known.get(member.id) });
        steps.push(step);
        results.push(step.result);
      }
      return changesOf(steps, moving, clock.now());
    },
  });
  return results;
}

/** What is known of a member before it is locked. */
interface Known {
  readonly record: CrmRecord | undefined;
  /** There is a record that the role may not read. */
  readonly isHidden: boolean;
}

async function readMembers(
  { crm: all }: MoveContext,
  crm: Asking['crm'],
  members: readonly MemberName[],
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  for (const object of ['serviceCase', 'phoneCall'] as const) {
    const ids = members.filter((one) => one.object === object).map(({ id }) => id);
    const [visible, every] = await Promise.all([crm.getMany(object, ids), all.getMany(object, ids)]);
    for (const id of ids) known.set(id, { record: every.get(id), isHidden: every.has(id) && !visible.has(id) });
  }
  return known;
}

function inOrder(members: readonly MemberName[]): MemberName[] {
  const unique = new Map(members.map((member) => [`${member.object}/${member.id}`, member]));
  return [...unique].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, member]) => member);
}

interface Moved {
  readonly tables: PluginTables;
  readonly now: number;
  readonly author: Author;
  readonly moving: Moving;
  readonly member: MemberName;
  readonly known: Known | undefined;
}

interface Step {
  readonly result: MoveResult;
  readonly writes: readonly CrmWrite[];
  readonly journal: readonly JournalInput[];
  readonly jobs: readonly JobInput[];
  readonly live: readonly LiveChange[];
}

const still = (result: MoveResult): Step => ({ result, writes: [], journal: [], jobs: [], live: [] });

/** Where the member goes, if anywhere. */
function decide(member: MemberName, was: string | null, moving: Moving): MoveResult {
  if (moving.into) {
    const placing = placingOf(was, moving.folderId);
    return { ...member, result: placing, from: placing === 'moved' ? was : null };
  }
  const isIn = was !== null && was === (moving.folderId ?? was);
  return { ...member, result: isIn ? 'taken-out' : 'not-in-it', from: moving.folderId === undefined ? was : null };
}

const isStill = ({ result }: MoveResult): boolean => result === 'there' || result === 'not-in-it';

async function moveCase({ tables, now, author, moving, member, known }: Moved): Promise<Step> {
  const missing = { ...member, result: 'not-found', from: null } as const;
  if (known?.isHidden === true) return still(missing);
  const row = await lockRow(tables, member.id);
  const current = withPending(member.id, known?.record, row, now);
  if (current === undefined) return still(missing);
  const was = linkOf(current, 'malfunctionId');
  const result = decide(member, was, moving);
  if (isStill(result)) return still(result);
  const at = new Date(now);
  const became = moving.into ? moving.folderId : null;
  const fields = { malfunctionId: became, lastActivityAt: at.toISOString() };
  await keepPending(tables, member.id, awaiting(known?.record, row.pending, fields, now));
  const entry = await noteMoved({ tables, now, author, moving, member, known }, was, { caseId: member.id });
  const news = { kind: 'changed', byId: author.id, by: author.name, fields: ['malfunctionId'] } as const;
  return {
    result,
    writes: [{ object: 'serviceCase', id: member.id, fields, lane: 'live' }],
    journal: [entry],
    jobs: [],
    live: [await caseWork(tables, member.id, now, news)],
  };
}

async function moveCall({ tables, now, author, moving, member, known }: Moved): Promise<Step> {
  // A call that goes on has no record yet, but an id that the hub has given.
  const isThere = known?.record !== undefined ? !known.isHidden : isOwnId(member.id);
  if (!isThere) return still({ ...member, result: 'not-found', from: null });
  const at = new Date(now);
  await lockCall(tables, member.id, at);
  const row = (await callRows(tables, [member.id])).get(member.id);
  const was = callFolder(known?.record, row, now);
  const result = decide(member, was, moving);
  if (isStill(result)) return still(result);
  const filing = { caseId: callCase(known?.record, row), malfunctionId: moving.into ? moving.folderId : null };
  const jobs = [await fileCall(tables, member.id, filing, at)];
  const entry = await noteMoved({ tables, now, author, moving, member, known }, was, { callId: member.id });
  return { result, writes: [], journal: [entry], jobs, live: [] };
}

/** The move itself, and the line of the journal. */
async function noteMoved(
  { tables, now, author, moving, member, known }: Moved,
  was: string | null,
  about: { readonly caseId: string } | { readonly callId: string },
): Promise<JournalInput> {
  const at = new Date(now);
  const became = moving.into ? moving.folderId : null;
  const mirrorWas = linkOf(known?.record, 'malfunctionId');
  const score = moving.score ?? null;
  const malfunctionId = moving.folderId ?? was;
  await noteMove(tables, { object: member.object, recordId: member.id, was, became, mirrorWas, at, author, score });
  return await addEntry(tables, {
    kind: moving.into ? 'LINKED' : 'UNLINKED',
    at,
    memberId: author.id,
    memberName: author.name,
    caseId: null,
    ...about,
    malfunctionId,
    // The folder that it came from tells of it as well.
    others: was === null || was === malfunctionId ? [] : [{ object: 'malfunction', id: was }],
    before: { malfunctionId: was },
    after: { malfunctionId: became },
  });
}

function changesOf(steps: readonly Step[], { folderId }: Moving, now: number) {
  const moved = steps.filter(({ result }) => !isStill(result) && result.result !== 'not-found');
  if (moved.length === 0) return undefined;
  const folders = new Set([folderId ?? [], ...moved.map(({ result }) => result.from ?? [])].flat());
  return {
    writes: moved.flatMap(({ writes }) => writes),
    journal: moved.flatMap(({ journal }) => journal),
    jobs: [...moved.flatMap(({ jobs }) => jobs), ...[...folders].map((id) => countMembers(id, now))],
    live: [...moved.flatMap((step) => step.live), ...[...folders].map((id) => folderChanged(id, now))],
  };
}

const SHOWN_MS = 60_000;

/** Has pages that show the folder ask for it again. */
export function folderChanged(id: string, now: number): LiveChange {
  return live(folderChangesTopic, id, { at: new Date(now).toISOString() }, { expiresAt: new Date(now + SHOWN_MS) });
}
