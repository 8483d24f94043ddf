import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import type { JournalInput } from '../../contract/index.ts';
import { createJournal, type Journal, readAnchor } from '../../journal/index.ts';

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let journal: Journal;

beforeAll(async () => {
  hub = await hubDatabase();
  journal = createJournal({
    db: hub.db,
    audit: createAuditLog(hub.db),
    stageWrites: async () => {},
    publish: async () => {},
  });
});
afterAll(() => hub.close());

async function newTenant(): Promise<string> {
  const id = randomUUID();
  await hub.pool.query(
    `insert into tenant (id, slug, name, country, time_zone, locale) values ($1, $2, 'Example', 'NL', 'UTC', 'en')`,
    [id, `t-${id}`],
  );
  return id;
}

const caseId = randomUUID();
const note = (key: string, more: Partial<JournalInput> = {}): JournalInput => ({
  key,
  kind: 'NOTE',
  at: new Date('2026-11-22T10:00:00Z'),
  actor: { kind: 'MEMBER', id: randomUUID(), name: 'Agent Example' },
  source: 'console',
  subjects: [{ object: 'serviceCase', id: caseId }],
  text: key,
  ...more,
});

const append = async (tenantId: string, ...inputs: readonly JournalInput[]) =>
  await hub.db.transaction().execute((transaction) => journal.append(transaction, tenantId, inputs));

const about = { subjects: [{ object: 'serviceCase', id: caseId }] };

test('whoever appends at the same time makes one chain without a gap; each key is one entry', async () => {
  const tenantId = await newTenant();
  const batches = Array.from({ length: 60 }, (_, index) => [note(`a${index}`), note(`b${index % 7}`)]);
  await Promise.all(batches.map(async (batch) => await append(tenantId, ...batch)));
  expect(await journal.verify(tenantId)).toMatchObject({ isIntact: true, entries: 67 });
  const { rows } = await hub.pool.query('select sequence from journal_entry where tenant_id = $1 order by 1', [
    tenantId,
  ]);
  expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 67 }, (_, index) => index + 1));
});

test('what was rolled back is not in it, and tenants do not see each other', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const failing = hub.db.transaction().execute(async (transaction) => {
    await journal.append(transaction, one, [note('lost')]);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await append(one, note('kept'));
  await append(other, note('of the other'));
  expect((await journal.reader(one).list(about)).map(({ key }) => key)).toEqual(['kept']);
  expect((await journal.reader(other).list(about)).map(({ key }) => key)).toEqual(['of the other']);
});

test('is listed by when it happened, filtered and read page by page', async () => {
  const tenantId = await newTenant();
  const member = randomUUID();
  const actor = { kind: 'MEMBER' as const, id: member, name: 'Agent Example' };
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
  await append(tenantId, note('third', { at: at(3) }), note('first', { at: at(1), actor }));
  await append(tenantId, note('late', { at: at(2), kind: 'MAIL_RECEIVED' }), note('same', { at: at(3), actor }));
  await append(tenantId, note('elsewhere', { subjects: [{ object: 'serviceCase', id: randomUUID() }] }));
  const reader = journal.reader(tenantId);
  const keys = async (...asked: Parameters<typeof reader.list>) => (await reader.list(...asked)).map(({ key }) => key);
  expect(await keys(about)).toEqual(['same', 'third', 'late', 'first']);
  const first = await reader.list(about, { limit: 2 });
  expect(await keys(about, { limit: 2, before: first[1] })).toEqual(['late', 'first']);
  expect(await keys({ ...about, kinds: ['MAIL_RECEIVED'] })).toEqual(['late']);
  expect(await keys({ ...about, actor: { kind: 'MEMBER', id: member } })).toEqual(['same', 'first']);
  const tally = await reader.tally(about.subjects);
  expect(tally.find(({ actorId }) => actorId === member)).toMatchObject({ kind: 'NOTE', count: 2 });
});

test('whatever JSON can hold comes back intact', async () => {
  const tenantId = await newTenant();
  const odd = {
    text: 'ünï"\\\n',
    number: 1.5e-7,
    list: [null, true, { z: 1, a: 2 }],
    gone: undefined,
    half: '\ud800\0',
  };
  await append(tenantId, note('odd', { before: odd, details: { long: 'x'.repeat(30_000) } }));
  expect(await journal.verify(tenantId)).toMatchObject({ isIntact: true, entries: 1 });
  const [entry] = await journal.reader(tenantId).list(about);
  expect(entry?.content?.before).toMatchObject({ number: 1.5e-7, list: [null, true, { z: 1, a: 2 }] });
});

describe('is append-only:', () => {
  test.each([
    'update journal_entry set kind = $$OTHER$$',
    'delete from journal_entry',
    'truncate journal_entry',
    `update journal_content set content = '{}'`,
    'delete from journal_content',
    'truncate journal_content',
    'update journal_head set sequence = 1',
    'delete from journal_head',
  ])('%s', async (statement) => {
    await append(await newTenant(), note('kept'));
    await expect(hub.pool.query(statement)).rejects.toThrow('the journal is append-only');
  });
});

/** What an intruder with all rights in the database could do. */
async function tamper(tenantId: string, statement: string): Promise<void> {
  const tables = ['journal_entry', 'journal_content', 'journal_head'];
  const triggers = (state: string) => tables.map((table) => `alter table ${table} ${state} trigger user;`).join(' ');
  await hub.pool.query(`${triggers('disable')} ${statement.replaceAll('$$', `'${tenantId}'`)}; ${triggers('enable')}`);
}

const swap = (table: string) =>
  `update ${table} set sequence = -sequence where tenant_id = $$ and sequence in (2, 3);
   update ${table} set sequence = 5 + sequence where tenant_id = $$ and sequence < 0`;

const fakeRow = (sequence: number) =>
  `insert into journal_entry select tenant_id, ${sequence}, 'fake', kind, at, noted_at, source, actor_kind, actor_id, subjects, is_recovered,
     content_hash, previous_hash, hash from journal_entry where tenant_id = $$ and sequence = 4`;

/** Cuts the newest entry off and sets the head back, so that what is left is a whole chain. */
const cutTail = `delete from journal_entry where tenant_id = $$ and sequence = 4;
  update journal_head set sequence = 3, hash = (select hash from journal_entry where tenant_id = $$ and sequence = 3) where tenant_id = $$`;

describe('shows the first entry that an intruder touched:', () => {
  test.each<[string, string, number]>([
    ['kind', `update journal_entry set kind = 'OTHER' where tenant_id = $$ and sequence = 2`, 2],
    ['time', `update journal_entry set at = at - interval '1 day' where tenant_id = $$ and sequence = 1`, 1],
    ['who', `update journal_entry set actor_id = null where tenant_id = $$ and sequence = 3`, 3],
    ['subjects', `update journal_entry set subjects = '{}' where tenant_id = $$ and sequence = 4`, 4],
    ['words', `update journal_content set content = '{"text": "x"}' where tenant_id = $$ and sequence = 2`, 2],
    ['words removed', `delete from journal_content where tenant_id = $$ and sequence = 2`, 2],
    [
      'words erased without an entry that says so',
      `update journal_content set content = null, salt = null, erased_by = 4 where tenant_id = $$ and sequence = 2`,
      2,
    ],
    ['one removed', `delete from journal_entry where tenant_id = $$ and sequence = 2`, 2],
    ['two changed places', swap('journal_entry'), 2],
    ['words changed places', swap('journal_content'), 2],
    ['one added at the end', fakeRow(5), 5],
    ['the newest removed', `delete from journal_entry where tenant_id = $$ and sequence = 4`, 4],
    ['all removed', `delete from journal_entry where tenant_id = $$`, 1],
    ['the head removed', `delete from journal_head where tenant_id = $$`, 1],
    ['the end cut off, and the head set back', cutTail, 4],
  ])('%s', async (_name, statement, brokenAt) => {
    const tenantId = await newTenant();
    for (let n = 1; n <= 4; n += 1) await append(tenantId, note(`n${n}`));
    expect(await journal.verify(tenantId)).toMatchObject({ isIntact: true, entries: 4 });
    expect(await journal.reader(tenantId).lastCheck()).toMatchObject({ upTo: 4, isIntact: true });
    await tamper(tenantId, statement);
    expect(await journal.verify(tenantId)).toMatchObject({ isIntact: false, brokenAt });
    expect(await journal.reader(tenantId).lastCheck()).toMatchObject({ upTo: brokenAt - 1, isIntact: false });
  });

  test('a chain that was written anew, by an anchor that was kept elsewhere', async () => {
    const [tenantId, other] = [await newTenant(), await newTenant()];
    await append(tenantId, note('one'), note('two'));
    const before = await journal.verify(other);
    expect(before).toMatchObject({ isIntact: true, entries: 0 });
    await append(other, note('one'), note('two'));
    const anchor = { sequence: 1, hash: 'f'.repeat(64) };
    expect(await journal.verify(other, { anchors: [anchor] })).toMatchObject({ isIntact: false, brokenAt: 1 });
  });
});

test('an anchor is read as it was printed, and nothing else is', () => {
  expect(readAnchor(`12:${'a'.repeat(64)}`)).toEqual({ sequence: 12, hash: 'a'.repeat(64) });
  expect(() => readAnchor('12')).toThrow('is no anchor');
});

test('the words about a person can be erased: the chain stays whole, and says so', async () => {
  const tenantId = await newTenant();
  const personId = randomUUID();
  const callId = randomUUID();
  await hub.pool.query(
    `insert into crm_record (tenant_id, object, id, data, changed_at) values ($1, 'phoneCall', $2, $3, now())`,
    [tenantId, callId, { id: callId, personId }],
  );
  const person = { object: 'person', id: personId };
  await append(
    tenantId,
    note('named', { subjects: [...about.subjects, person] }),
    note('call', { subjects: [{ object: 'phoneCall', id: callId }, ...about.subjects] }),
    note('of others'),
  );
  expect(await journal.erase(tenantId, personId, 'asked for by letter', 'test')).toBe(2);
  expect(await journal.verify(tenantId)).toMatchObject({ isIntact: true, entries: 4, erased: 2 });
  const entries = await journal.reader(tenantId).list(about);
  expect(entries.map(({ key, content }) => [key, content?.text])).toEqual([
    ['of others', 'of others'],
    ['call', undefined],
    ['named', undefined],
  ]);
  const [said] = await journal.reader(tenantId).list({ subjects: [person], kinds: ['ERASED'] });
  expect(said?.content).toMatchObject({ text: 'asked for by letter', details: { erased: [1, 2] } });
  expect(await journal.erase(tenantId, personId, 'asked again', 'test')).toBe(0);
});

test('with a tenant its words go, and the chain stays', async () => {
  const tenantId = await newTenant();
  await append(tenantId, note('one'));
  await hub.pool.query('delete from tenant where id = $1', [tenantId]);
  const left = async (table: string) =>
    (await hub.pool.query(`select from ${table} where tenant_id = $1`, [tenantId])).rowCount;
  expect(await left('journal_content')).toBe(0);
  expect(await left('journal_entry')).toBe(1);
});
