import type { CrmReader, CrmWrite } from '@switchboard/core/contract';
import type { MarkChange } from './follow-up.ts';
import type { RecordState, Row } from './line.ts';

/**
 * Two records were made before it became known that they are one call. The later one stays in the CRM, because nothing is ever deleted there, but
 * says so: it points at the other, and without an outcome and a state it is in no list of things to do.
 */
export function mergedAway(
  crm: Pick<CrmReader, 'idFor'>,
  row: Row & { readonly record: RecordState },
  into: string,
): { write: CrmWrite; mark: MarkChange; row: Row }[] {
  if (row.record.mergedInto === into) return [];
  const { mark, written, ...record } = row.record;
  const fields = {
    name: 'Part of another call',
    mergedIntoId: crm.idFor('phoneCall', into),
    outcome: null,
    matchState: null,
    followedUpAt: null,
    followUpSeconds: null,
    followedUpAfter: '',
  };
  return [
    {
      write: { object: 'phoneCall', key: record.key, fields },
      mark: { mark: undefined, before: mark },
      row: { ...row, record: { ...record, written: without(written, ['name', 'outcome']), mergedInto: into } },
    },
  ];
}

/** A record that turns out to be a call of its own after all: what was emptied is written again. */
export function returned({ mergedInto, ...record }: RecordState): RecordState {
  if (mergedInto === undefined) return record;
  // The digest of no value: the field counts as written and now gone, so it is emptied.
  return { ...record, written: { ...record.written, mergedIntoId: '' } };
}

function without(written: RecordState['written'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !names.includes(name)));
}
