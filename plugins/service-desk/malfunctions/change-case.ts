import type {
  CrmRecord,
  CrmWrite,
  JournalInput,
  JournalKind,
  LiveChange,
  PluginTables,
} from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { awaiting, type CaseRow, keepPending } from '../cases/pending.ts';
import { caseWork } from '../live/case-work.ts';
import { dayChanged } from '../live/day.ts';
import { keepPromises, type PromiseContext } from '../promises/keep.ts';
import type { Author } from '../services.ts';
import type { Fields } from './rules.ts';

export interface CaseStep {
  readonly writes: readonly CrmWrite[];
  readonly journal: readonly JournalInput[];
  readonly live: readonly LiveChange[];
}

interface Changing {
  readonly context: PromiseContext;
  readonly author: Author;
  readonly at: Date;
  readonly folderId: string;
  readonly caseId: string;
  readonly record: CrmRecord | undefined;
  /** With what is on its way to Twenty. */
  readonly current: CrmRecord;
  readonly row: CaseRow;
  readonly kind: JournalKind;
  readonly was: Fields;
  readonly became: Fields;
  readonly note: string;
}

/** Changes a case that is locked because of its folder, with a line in its journal. */
export async function changeCaseOf(tables: PluginTables, changing: Changing): Promise<CaseStep> {
  const { context, author, at, folderId, caseId, record, current, row, kind, was, became, note } = changing;
  const turn = {
    caseId,
    serviceCase: { ...current, ...became },
    changed: Object.keys(became),
    contract: undefined,
    at,
  };
  const promised = await keepPromises(tables, context, turn);
  const fields = { ...became, ...promised, lastActivityAt: at.toISOString() };
  await keepPending(tables, caseId, awaiting(record, row.pending, fields, at.getTime()));
  const by = { memberId: author.id, memberName: author.name };
  const entry = await addEntry(tables, {
    ...by,
    kind,
    at,
    caseId,
    malfunctionId: folderId,
    body: note,
    before: was,
    after: became,
  });
  const isNote = Object.keys(became).length === 0;
  const news = {
    kind: isNote ? 'noted' : 'changed',
    byId: author.id,
    by: author.name,
    fields: Object.keys(became),
  } as const;
  return {
    writes: [{ object: 'serviceCase', id: caseId, fields, lane: 'live' }],
    journal: [entry],
    live: [
      await caseWork(tables, caseId, at.getTime(), news),
      ...(isNote ? [] : dayChanged(at.getTime(), [current['assigneeId']])),
    ],
  };
}
