import { randomUUID } from 'node:crypto';
import {
  type JournalInput,
  type JournalKind,
  type PluginTables,
  type RecordRef,
  sql,
  thisTenant,
} from '@switchboard/core/contract';

/** What somebody did at the desk. */
export interface NewEntry {
  readonly kind: JournalKind;
  readonly at: Date;
  /** Null: the hub itself. */
  readonly memberId: string | null;
  readonly memberName: string;
  readonly caseId: string | null;
  readonly malfunctionId?: string | null;
  readonly callId?: string | null;
  /** What else it is about, such as the other case of a merge. */
  readonly others?: readonly RecordRef[];
  readonly body?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Adds what somebody did to what the desk remembers. @returns the entry of the journal, for `journal` of the same commit */
export async function addEntry(tables: PluginTables, entry: NewEntry): Promise<JournalInput> {
  const { at, caseId, malfunctionId = null, callId = null, memberName, after = {} } = entry;
  await tables.query(sql`
    insert into service_desk_touch (tenant_id, at, case_id, malfunction_id, call_id, member_name, fields)
    values (${thisTenant}, ${at}, ${caseId}, ${malfunctionId}, ${callId}, ${memberName}, ${Object.keys(after)})`);
  return journalEntry(randomUUID(), entry);
}

/** @param id the same deed has the same one */
export function journalEntry(id: string, entry: NewEntry): JournalInput {
  const { kind, at, memberId, memberName, caseId, malfunctionId, callId, others = [], body = '' } = entry;
  const { before = {}, after = {} } = entry;
  return {
    key: `desk:${id}`,
    kind,
    at,
    actor: { kind: memberId === null ? 'SYSTEM' : 'MEMBER', id: memberId, name: memberName },
    source: memberId === null ? 'automation' : 'console',
    subjects: [
      ...subject('serviceCase', caseId),
      ...subject('malfunction', malfunctionId),
      ...subject('phoneCall', callId),
      ...others,
    ],
    title: titleOf(entry),
    text: body,
    before,
    after,
  };
}

const subject = (object: string, id: string | null | undefined): RecordRef[] => (id == null ? [] : [{ object, id }]);

/** What the copy in Twenty is called where the kind alone says too little. */
function titleOf({ kind, caseId, malfunctionId }: NewEntry): string {
  const isFolder = malfunctionId != null;
  if (kind === 'CREATED') return caseId === null && isFolder ? 'Malfunction opened' : 'Case opened';
  if (kind === 'LINKED') return isFolder ? 'Put into a malfunction' : 'Call attached';
  if (kind === 'UNLINKED') return isFolder ? 'Taken out of a malfunction' : 'Call detached';
  return '';
}
