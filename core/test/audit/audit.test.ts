import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import type { AuditLog } from '../../audit/index.ts';

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let audit: AuditLog;

beforeAll(async () => {
  hub = await hubDatabase();
  audit = createAuditLog(hub.db);
});
afterAll(() => hub.close());

const append = (tenantId: string | undefined, action: string, details: Record<string, unknown> = {}) =>
  hub.db
    .transaction()
    .execute((transaction) => audit.append(transaction, { tenantId, actor: 'cli', action, subject: 'thing', details }));

/** What an intruder with all rights in the database could do. */
async function tamper(statement: string): Promise<void> {
  const client = await hub.pool.connect();
  try {
    await client.query('alter table audit_entry disable trigger audit_entry_append_only');
    await client.query(statement);
    await client.query('alter table audit_entry enable trigger audit_entry_append_only');
  } finally {
    client.release();
  }
}

test('a hundred entries written at once make one chain without a gap', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, index) => append('busy', 'a.b', { index })));
  expect(await audit.verify('busy')).toEqual({ intact: true, entries: 100 });
  const entries = await audit.list({ tenantId: 'busy', limit: 1000 });
  expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => 100 - index));
  expect(new Set(entries.map(({ details }) => details['index'])).size).toBe(100);
});

test('what was rolled back is not in the log, and leaves no gap', async () => {
  await append('rolled', 'first');
  const failing = hub.db.transaction().execute(async (transaction) => {
    await audit.append(transaction, { tenantId: 'rolled', actor: 'cli', action: 'lost', subject: 'thing' });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await append('rolled', 'second');
  expect((await audit.list({ tenantId: 'rolled' })).map(({ action }) => action)).toEqual(['second', 'first']);
  expect(await audit.verify('rolled')).toEqual({ intact: true, entries: 2 });
});

test('is filtered by what, who, when, and read page by page; tenants do not see each other', async () => {
  for (const action of ['one', 'two', 'one']) await append('filtered', action);
  await append(undefined, 'one');
  const sequences = async (filter: object) =>
    (await audit.list({ tenantId: 'filtered', ...filter })).map(({ sequence }) => sequence);
  expect(await sequences({ action: 'one' })).toEqual([3, 1]);
  expect(await sequences({ actor: 'nobody' })).toEqual([]);
  expect(await sequences({ subject: 'thing', limit: 2 })).toEqual([3, 2]);
  expect(await sequences({ before: 2 })).toEqual([1]);
  expect(await sequences({ from: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await audit.list({})).toHaveLength(1);
});

test('whatever JSON can hold comes back intact', async () => {
  await append('odd', 'x', {
    text: 'ünïcode "quotes" \\ and \n lines',
    number: 1.5e-7,
    list: [null, true, { z: 1, a: 2 }],
    gone: undefined,
  });
  expect(await audit.verify('odd')).toEqual({ intact: true, entries: 1 });
});

describe('is append-only:', () => {
  test.each(['update audit_entry set actor = $$nobody$$', 'delete from audit_entry', 'truncate audit_entry'])(
    '%s',
    async (statement) => {
      await append('kept', 'x');
      await expect(hub.pool.query(statement)).rejects.toThrow('the audit log is append-only');
    },
  );
});

describe('shows the first entry that an intruder touched:', () => {
  test.each<[string, string, object]>([
    ['details', `update audit_entry set details = '{"n": 9}' where chain = $$ and sequence = 2`, { brokenAt: 2 }],
    ['actor', `update audit_entry set actor = 'friend' where chain = $$ and sequence = 3`, { brokenAt: 3 }],
    ['time', `update audit_entry set at = at - interval '1 day' where chain = $$ and sequence = 1`, { brokenAt: 1 }],
    ['one removed', `delete from audit_entry where chain = $$ and sequence = 2`, { brokenAt: 2 }],
    ['the newest removed', `delete from audit_entry where chain = $$ and sequence = 4`, { brokenAt: 4 }],
    ['all removed', `delete from audit_entry where chain = $$`, { brokenAt: 1 }],
    ['the head removed', `delete from audit_head where chain = $$`, { brokenAt: 1 }],
    [
      'another chain',
      `update audit_entry set chain = 'elsewhere-' || chain where chain = $$ and sequence = 4`,
      { brokenAt: 4 },
    ],
  ])('%s', async (name, statement, verdict) => {
    const chain = `tampered ${name}`;
    for (let n = 1; n <= 4; n += 1) await append(chain, 'x', { n });
    await tamper(statement.replaceAll('$$', `'${chain}'`));
    expect(await audit.verify(chain)).toMatchObject({ intact: false, ...verdict });
  });
});
