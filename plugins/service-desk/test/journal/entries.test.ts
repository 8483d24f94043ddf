import { describe, expect, test } from '@jest/globals';
import {
  callAnswered,
  callEnded,
  type Changes,
  type CrmRecord,
  type EventType,
  type JournalEntry,
  type JournalInput,
  type MemberRequest,
  recordCreated,
  recordDeleted,
  recordUpdated,
} from '@switchboard/core/contract';
import { journalPart } from '../../journal/part.ts';
import { showJournal } from '../../journal/show.ts';
import type { Context } from '../../services.ts';

/** What events become in the journal, and what of it somebody sees. Keys make one entry of what is told twice; the hub's own tests show that. */

const CASE = '6a0d2f3e-0c2b-4f5e-9a37-1d1f4f0f9a01';
const CALL = '6a0d2f3e-0c2b-4f5e-9a37-1d1f4f0f9a02';
const FOLDER = '6a0d2f3e-0c2b-4f5e-9a37-1d1f4f0f9a03';
const MEMBER = '6a0d2f3e-0c2b-4f5e-9a37-1d1f4f0f9a04';
const AT = new Date('2026-11-22T10:00:00Z');

const records: Readonly<Record<string, CrmRecord>> = {
  [CALL]: { id: CALL, serviceCaseId: CASE },
  [MEMBER]: { id: MEMBER, name: { firstName: 'Robin', lastName: 'Example' }, extension: '101' },
};

/** @returns the entries that an event becomes */
async function heard(type: EventType, payload: object): Promise<JournalInput[]> {
  const entries: JournalInput[] = [];
  const context = {
    crm: {
      get: async (_object: string, id: string) => records[id],
      findBy: async (_object: string, _field: string, value: string) => (value === '101' ? [records[MEMBER]] : []),
    },
    tables: { query: async () => [] },
    commit: async ({ journal = [] }: Changes) => void entries.push(...journal),
  } as unknown as Context;
  for (const { type: known, handle } of journalPart.events) {
    if (known !== type) continue;
    const told = { id: CASE, name: type.name, payload: type.payload.parse(payload), occurredAt: AT };
    await handle(context, told as never, AbortSignal.timeout(5000));
  }
  return entries;
}

const inTwenty = { source: 'MANUAL', memberId: MEMBER, name: 'Robin Example' };
const ofCase = { object: 'serviceCase', recordId: CASE };

describe('a change in Twenty', () => {
  test('says what was before, and who did it', async () => {
    const change = { updatedFields: ['status', 'updatedBy'], before: { status: 'OPEN' }, after: { status: 'CLOSED' } };
    const [entry, ...others] = await heard(recordUpdated, { ...ofCase, ...change, by: inTwenty });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'STATUS',
      at: AT,
      source: 'twenty',
      actor: { kind: 'MEMBER', id: MEMBER, name: 'Robin Example' },
      before: { status: 'OPEN' },
      after: { status: 'CLOSED' },
      subjects: [{ object: 'serviceCase', id: CASE }],
      isRecovered: false,
    });
    const [recovered] = await heard(recordUpdated, { ...ofCase, ...change, by: inTwenty, isRecovered: true });
    expect(recovered).toMatchObject({ key: entry?.key, isRecovered: true });
  });

  test.each([
    [{ source: 'API', memberId: null, name: 'Zapier key' }, 'zapier', 'INTEGRATION'],
    [{ source: 'API', memberId: null, name: 'Own script' }, 'api', 'INTEGRATION'],
    [{ source: 'IMPORT', memberId: MEMBER, name: 'Robin Example' }, 'import', 'MEMBER'],
    [{ source: 'WORKFLOW', memberId: null, name: 'Nightly' }, 'automation', 'INTEGRATION'],
  ])('by %j is told as such', async (by, source, kind) => {
    const change = { updatedFields: ['nextStep'], before: { nextStep: null }, after: { nextStep: 'Wait' } };
    expect(await heard(recordUpdated, { ...ofCase, ...change, by })).toMatchObject([{ source, actor: { kind } }]);
  });

  test('of what changes by itself is none', async () => {
    const change = { updatedFields: ['lastActivityAt'], before: {}, after: { lastActivityAt: AT.toISOString() } };
    expect(await heard(recordUpdated, { ...ofCase, ...change, by: inTwenty })).toEqual([]);
    expect(await heard(recordCreated, { object: 'caseEntry', recordId: CASE })).toEqual([]);
  });

  test('that puts a case into a folder is told at both', async () => {
    const change = {
      updatedFields: ['malfunctionId'],
      before: { malfunctionId: null },
      after: { malfunctionId: FOLDER },
    };
    const [entry] = await heard(recordUpdated, { ...ofCase, ...change, by: inTwenty });
    expect(entry).toMatchObject({ kind: 'LINKED' });
    expect(entry?.subjects).toContainEqual({ object: 'malfunction', id: FOLDER });
    const back = { updatedFields: ['malfunctionId'], before: change.after, after: change.before };
    const [left] = await heard(recordUpdated, { ...ofCase, ...back, by: inTwenty });
    expect(left).toMatchObject({ kind: 'UNLINKED' });
    expect(left?.subjects).toContainEqual({ object: 'malfunction', id: FOLDER });
  });

  test('may be its end', async () => {
    expect(await heard(recordDeleted, { ...ofCase, by: inTwenty })).toMatchObject([{ kind: 'DELETED' }]);
  });
});

const call = {
  callId: CALL,
  direction: 'INBOUND',
  phoneNumber: '+31201234567',
  startedAt: AT.toISOString(),
  personId: null,
  companyId: null,
  locationId: null,
};

describe('a call', () => {
  test('is taken and ended by whose extension it was, in the journal of its case', async () => {
    const [taken] = await heard(callAnswered, { ...call, answeredAt: AT.toISOString(), agentExtension: '101' });
    expect(taken).toMatchObject({
      kind: 'CALL_RECEIVED',
      source: '3cx',
      actor: { kind: 'MEMBER', id: MEMBER, name: 'Robin Example' },
      subjects: [
        { object: 'serviceCase', id: CASE },
        { object: 'phoneCall', id: CALL },
      ],
    });
    const end = { ...call, outcome: 'ANSWERED', durationSeconds: 67, agentExtension: '101' };
    const [again, ended] = await heard(callEnded, end);
    // A hub that has heard of both has it once.
    expect(again?.key).toBe(taken?.key);
    expect(ended).toMatchObject({ kind: 'CALL_ENDED', details: { durationSeconds: 67 } });
  });

  test('may be missed, made in vain, or of no concern', async () => {
    const end = { ...call, outcome: 'MISSED', durationSeconds: 0, agentExtension: '' };
    expect(await heard(callEnded, end)).toMatchObject([
      { kind: 'CALL_MISSED', actor: { kind: 'CUSTOMER', name: '+31201234567' } },
    ]);
    const made = { ...end, direction: 'OUTBOUND', outcome: 'NOT_ANSWERED', agentExtension: '999' };
    expect(await heard(callEnded, made)).toMatchObject([
      { kind: 'CALL_MADE', actor: { kind: 'MEMBER', id: null, name: '999' } },
    ]);
    expect(await heard(callEnded, { ...end, direction: 'INTERNAL' })).toEqual([]);
  });
});

const about = [{ object: 'serviceCase', id: CASE }];
const entry = (more: Partial<JournalEntry>): JournalEntry => ({
  sequence: 1,
  key: 'k',
  kind: 'STATUS',
  at: AT,
  notedAt: AT,
  source: 'console',
  actorKind: 'MEMBER',
  actorId: MEMBER,
  subjects: about,
  isRecovered: false,
  content: {
    actorName: 'Robin',
    title: '',
    text: 'why',
    before: { status: 'OPEN' },
    after: { status: 'CLOSED' },
    details: {},
  },
  hash: '',
  ...more,
});

const mail = entry({
  kind: 'MAIL_SENT',
  content: { actorName: 'Robin', title: '', text: '', before: {}, after: {}, details: { subject: 'Secret' } },
});

/** @param hidden `object.field` */
async function seen(entries: readonly JournalEntry[], hidden: readonly string[], member = MEMBER) {
  const journal = {
    list: async ({ kinds }: { kinds?: readonly string[] }) => entries.filter(({ kind }) => kinds?.includes(kind)),
    tally: async () => [],
    lastCheck: async () => undefined,
  } as unknown as Context['journal'];
  const request = {
    crm: {
      sees: async (object: string, field: string) => !hidden.includes(`${object}.${field}`),
      getMany: async () => new Map(),
    },
    member: { id: member, name: '', email: '' },
    may: async () => false,
  } as unknown as Pick<MemberRequest, 'crm' | 'member' | 'may'>;
  const asked = { of: about[0]!, about, kinds: undefined, actor: undefined, before: undefined, limit: 50 };
  return (await showJournal({ journal }, request, asked)).entries;
}

describe('of the journal', () => {
  test('a role sees the values of the fields that it may read, and no others', async () => {
    expect(await seen([entry({})], [])).toMatchObject([
      { changes: [{ before: 'OPEN', after: 'CLOSED' }], text: 'why' },
    ]);
    expect(await seen([entry({})], ['serviceCase.status'])).toMatchObject([{ changes: [], text: 'why' }]);
    expect(await seen([entry({})], ['caseEntry.body', 'caseEntry.actorName'])).toMatchObject([
      { text: '', actor: null },
    ]);
  });

  test('calls are not there for a role that may not read calls', async () => {
    expect(await seen([entry({ kind: 'CALL_MADE' })], ['phoneCall.outcome'])).toEqual([]);
  });

  test('what was sent is known to its author; that it was sent, to all', async () => {
    expect(await seen([mail], [])).toMatchObject([{ kind: 'MAIL_SENT', details: { subject: 'Secret' } }]);
    expect(await seen([mail], [], FOLDER)).toMatchObject([{ kind: 'MAIL_SENT', details: {} }]);
  });

  test('nothing is there for a role that may not read journal entries, and it is said so', async () => {
    await expect(seen([entry({})], ['caseEntry.kind'])).rejects.toThrow('Your role may not read the journal');
  });

  test('an erased entry is still one', async () => {
    expect(await seen([entry({ content: null })], [])).toMatchObject([
      { isErased: true, changes: [], text: '', actor: null },
    ]);
  });
});
