import { randomUUID } from 'node:crypto';
import {
  type Changes,
  type CrmReader,
  type CrmRecord,
  type CrmWrite,
  definePlugin,
  type EventInput,
  type JournalInput,
  type LiveChange,
  type PlainChanges,
  type PluginContext,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import type { Config } from '../../config.ts';
import type { FolderState, MemberName } from '../../malfunctions/choices.ts';
import { addFolderNote, changeStatus, type Flowed } from '../../malfunctions/flow.ts';
import { casesIn, callsIn } from '../../malfunctions/members.ts';
import { moveMembers, type MoveResult } from '../../malfunctions/move.ts';
import { findFolder } from '../../malfunctions/folder.ts';
import { openFolder } from '../../malfunctions/open.ts';
import { type Undone, undoFlow } from '../../malfunctions/undo.ts';
import { casesOf } from '../../malfunctions/members.ts';

type Context = PluginContext<Config>;

export const AUTHOR = { id: 'e0000000-0000-4000-8000-000000000001', name: 'Ada Agent' };

/** The desk on its own tables, with a CRM that takes what is written when the test says. */
export interface Folders {
  readonly context: Context;
  /** As the hub gives it: what is committed with it is in the journal and on its way to Twenty. */
  readonly real: Context;
  /** What the mirror has, by object and id. */
  readonly records: Map<string, Map<string, CrmRecord>>;
  readonly live: LiveChange[];
  /** What other plugins were told. */
  readonly events: EventInput[];
  readonly journal: JournalInput[];
  readonly clock: { ms: number };
  /** Twenty takes everything that was written so far. */
  readonly land: () => void;
  /** Somebody changes a record in Twenty. */
  readonly changeInTwenty: (object: string, id: string, fields: object) => void;
  /** Somebody deletes a case in Twenty, and the desk has heard of it. */
  readonly deleteCase: (id: string) => Promise<void>;
  readonly addCase: (fields?: object) => string;
  readonly addCall: (fields?: object) => string;
  readonly open: (title?: string, members?: readonly MemberName[]) => Promise<string>;
  readonly put: (folderId: string, ids: readonly string[]) => Promise<MoveResult[]>;
  readonly take: (folderId: string, ids: readonly string[]) => Promise<MoveResult[]>;
  readonly status: (folderId: string, to: FolderState, cases?: readonly string[], click?: string) => Promise<Flowed>;
  readonly note: (folderId: string, text: string, cases: readonly string[]) => Promise<Flowed>;
  readonly undo: (flowId: string) => Promise<Undone>;
  readonly inFolder: (folderId: string) => Promise<string[]>;
  readonly callsInFolder: (folderId: string) => Promise<string[]>;
  readonly seen: (caseIds: readonly string[]) => Promise<ReadonlyMap<string, CrmRecord>>;
  readonly folder: (folderId: string) => Promise<CrmRecord>;
  /** What was learnt from decisions on suggestions. */
  readonly weights: () => Promise<{ readonly weights: object; readonly decisions: number }>;
  readonly close: () => Promise<void>;
}

export async function openDesk(): Promise<Folders> {
  const contexts: PluginContext[] = [];
  const { plugin } = await import('../../plugin.ts');
  const { id, contract, name, summary, config, migrations } = plugin;
  const bare = { id, contract, name, summary, config, ...(migrations !== undefined && { migrations }) } as const;
  const probe = definePlugin({ ...bare, setup: (given) => void contexts.push(given), check: async () => [] });
  const hub = await startTestHub({ plugins: [probe], crm: false });
  await hub.hub.admin.plugins.enable(TEST_TENANT, id, {}, 'test');
  // Asking for a check-up has the plugin set up.
  await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/${id}/check`);
  const context = contexts.at(-1);
  if (context === undefined) throw new Error('The plugin was not set up');
  return deskOn(hub, context as Context);
}

function deskOn(hub: TestHub, real: Context): Folders {
  const records = new Map<string, Map<string, CrmRecord>>();
  const live: LiveChange[] = [];
  const events: EventInput[] = [];
  const journal: JournalInput[] = [];
  const clock = { ms: Date.parse('2026-11-22T08:00:00Z') };
  const written: CrmWrite[] = [];
  const of = (object: string) => records.get(object) ?? records.set(object, new Map()).get(object)!;
  const set = (object: string, recordId: string, fields: object) =>
    void of(object).set(recordId, { ...of(object).get(recordId), ...fields, id: recordId });
  const take = ({
    writes = [],
    live: shown = [],
    events: told = [],
    journal: noted = [],
    jobs: _jobs,
    ...rest
  }: PlainChanges): PlainChanges => {
    written.push(...writes);
    live.push(...shown);
    events.push(...told);
    journal.push(...noted);
    return rest;
  };
  const context: Context = {
    ...real,
    clock: { now: () => clock.ms },
    crm: memoryReader(of, real.crm),
    commit: async ({ rows, ...changes }: Changes) => {
      let following: PlainChanges = {};
      await real.commit({ rows: async (tables) => void (following = (await rows?.(tables)) ?? {}) });
      // Only what was committed is written.
      take(changes);
      take(following);
    },
  };
  const asking = { author: AUTHOR, crm: context.crm };
  const sources = () => ({ tables: context.tables, crm: context.crm, now: clock.ms });
  const members = (ids: readonly string[]): MemberName[] =>
    ids.map((one) => ({ object: of('phoneCall').has(one) ? 'phoneCall' : 'serviceCase', id: one }));
  return {
    context,
    real,
    records,
    live,
    events,
    journal,
    clock,
    land() {
      for (const write of written.splice(0)) {
        const recordId = 'id' in write ? write.id : context.crm.idFor(write.object, write.key);
        set(write.object, recordId, write.fields);
      }
    },
    changeInTwenty: set,
    async deleteCase(caseId) {
      records.get('serviceCase')?.delete(caseId);
      await real.tables.query(sql`
        update service_desk_case set deleted_at = now() where tenant_id = ${thisTenant} and case_id = ${caseId}`);
    },
    addCase(fields = {}) {
      const recordId = randomUUID();
      set('serviceCase', recordId, { status: 'OPEN', subject: 'Lift stands still', malfunctionId: null, ...fields });
      return recordId;
    },
    addCall(fields = {}) {
      const recordId = randomUUID();
      set('phoneCall', recordId, { name: 'Inbound', malfunctionId: null, ...fields });
      return recordId;
    },
    async open(title = 'Lifts stand still', first = []) {
      const wanted = { requestId: randomUUID(), note: '', members: first, fields: { title } };
      return (await openFolder(context, asking, wanted)).folderId;
    },
    put: (folderId, ids) => moveMembers(context, asking, { folderId, into: true, members: members(ids) }),
    take: (folderId, ids) => moveMembers(context, asking, { folderId, into: false, members: members(ids) }),
    status: (folderId, to, cases, click = randomUUID()) =>
      changeStatus(context, asking, { requestId: click, folderId, to, cases, note: '' }),
    note: (folderId, text, cases) => addFolderNote(context, asking, { requestId: randomUUID(), folderId, text, cases }),
    undo: (flowId) => undoFlow(context, asking, flowId),
    inFolder: async (folderId) => [...(await casesIn(sources(), folderId)).keys()].toSorted(),
    callsInFolder: async (folderId) => [...(await callsIn(sources(), folderId)).keys()].toSorted(),
    seen: (ids) => casesOf(sources(), ids),
    folder: async (folderId) => (await findFolder(sources(), folderId)).current,
    async weights() {
      const [row] = await real.tables.query<{ weights: object; decisions: number }>(sql`
        select weights, decisions from service_desk_suggesting where tenant_id = ${thisTenant}`);
      return row ?? { weights: {}, decisions: 0 };
    },
    close: hub.close,
  };
}

function memoryReader(of: (object: string) => ReadonlyMap<string, CrmRecord>, real: CrmReader): CrmReader {
  const all = (object: string) => [...of(object).values()];
  return {
    ...real,
    get: async (object, id) => of(object).get(id),
    getMany: async (object, ids) =>
      new Map(
        ids.flatMap((id): [string, CrmRecord][] => {
          const record = of(object).get(id);
          return record === undefined ? [] : [[id, record]];
        }),
      ),
    findBy: async (object, field, value, limit = 100) =>
      all(object)
        .filter((record) => record[field] === value)
        .slice(0, limit),
    all: async (object) => all(object),
  };
}
