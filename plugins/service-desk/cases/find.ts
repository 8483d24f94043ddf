import { type CrmReader, type CrmRecord, NotFoundError, type PluginTables } from '@switchboard/core/contract';
import { type CaseRow, readRow, withPending } from './pending.ts';

export interface FoundCase {
  readonly id: string;
  /** As it will be: with what is on its way to Twenty. */
  readonly current: CrmRecord;
  /** As the mirror has it. */
  readonly record: CrmRecord | undefined;
}

interface Sources {
  readonly tables: PluginTables;
  /** Of the member, so that only a case that the role may read is found. */
  readonly crm: Pick<CrmReader, 'get'>;
  readonly now: number;
}

/** @throws NotFoundError when there is none, or it was deleted in Twenty */
export async function findCase(sources: Sources, caseId: string): Promise<FoundCase> {
  const [record, row] = await Promise.all([sources.crm.get('serviceCase', caseId), readRow(sources.tables, caseId)]);
  return foundIn(caseId, record, row, sources.now);
}

export function foundIn(
  caseId: string,
  record: CrmRecord | undefined,
  row: CaseRow | undefined,
  now: number,
): FoundCase {
  const current = withPending(caseId, record, row, now);
  if (current === undefined) throw missing(row);
  return { id: caseId, current, record };
}

function missing(row: CaseRow | undefined): NotFoundError {
  if (row?.deletedAt != null) {
    return new NotFoundError('This case was deleted in Twenty', {
      field: 'caseId',
      remedy: 'Restore it there if it is still needed; what you have written here stays on the page.',
    });
  }
  return new NotFoundError('There is no such case', {
    field: 'caseId',
    remedy: 'Look at the case in Twenty again; your role may not see every case.',
  });
}
