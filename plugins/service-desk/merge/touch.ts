import type { CrmRecord, CrmWrite, JobInput, LiveChange, PluginTables } from '@switchboard/core/contract';
import { awaiting, type CaseRow, keepPending, lockRow, withPending } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import { linkOf } from '../malfunctions/call-state.ts';
import { countMembers } from '../malfunctions/count.ts';
import { folderChanged } from '../malfunctions/move.ts';
import { noteMove } from '../malfunctions/moves.ts';
import type { Fields } from '../malfunctions/rules.ts';
import { keepPromises, type PromiseContext } from '../promises/keep.ts';
import type { Author } from '../services.ts';

/** A case that is locked. */
export interface Held {
  readonly id: string;
  readonly record: CrmRecord | undefined;
  readonly row: CaseRow;
  /** As it will be; undefined when it is gone. */
  readonly current: CrmRecord | undefined;
}

/** In one order for everybody, so that two who want the same cases wait for each other and not for ever. */
export async function holdCases(
  tables: PluginTables,
  ids: readonly string[],
  records: ReadonlyMap<string, CrmRecord>,
  now: number,
): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  for (const id of [...new Set(ids)].toSorted()) {
    const row = await lockRow(tables, id);
    const record = records.get(id);
    held.set(id, { id, record, row, current: withPending(id, record, row, now) });
  }
  return held;
}

export interface Touched {
  readonly writes: readonly CrmWrite[];
  readonly jobs: readonly JobInput[];
  readonly live: readonly LiveChange[];
}

interface Touch {
  readonly context: PromiseContext;
  /** Null: the hub itself. */
  readonly author: Author | null;
  readonly at: Date;
  readonly fields: Fields;
}

/** Changes a case that is held: its clocks go with it, its folders count anew, and whoever has it open is told. */
export async function touch(
  tables: PluginTables,
  { id, record, row, current }: Held & { readonly current: CrmRecord },
  { context, author, at, fields }: Touch,
): Promise<Touched> {
  const now = at.getTime();
  const serviceCase = { ...current, ...fields };
  const changed = Object.keys(fields);
  const promised = await keepPromises(tables, context, { caseId: id, serviceCase, changed, contract: undefined, at });
  const all = { ...fields, ...promised, lastActivityAt: at.toISOString() };
  await keepPending(tables, id, awaiting(record, row.pending, all, now));
  const was = linkOf(current, 'malfunctionId');
  const became = 'malfunctionId' in fields ? linkOf(serviceCase, 'malfunctionId') : was;
  const folders = was === became ? [] : [was, became].filter((folder) => folder !== null);
  if (folders.length > 0 && author !== null) {
    const mirrorWas = linkOf(record, 'malfunctionId');
    await noteMove(tables, { object: 'serviceCase', recordId: id, was, became, mirrorWas, at, author, score: null });
  }
  const news = { kind: 'changed', byId: author?.id ?? null, by: author?.name ?? '', fields: changed } as const;
  return {
    writes: [{ object: 'serviceCase', id, fields: all, lane: 'live' }],
    jobs: folders.map((folder) => countMembers(folder, now)),
    live: [await caseWork(tables, id, now, news), ...folders.map((folder) => folderChanged(folder, now))],
  };
}

export const nothingTouched: Touched = { writes: [], jobs: [], live: [] };

export function together(...parts: readonly Touched[]): Touched {
  return {
    writes: parts.flatMap(({ writes }) => writes),
    jobs: parts.flatMap(({ jobs }) => jobs),
    live: parts.flatMap((part) => part.live),
  };
}
