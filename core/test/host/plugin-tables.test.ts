import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { definePlugin, json, type PluginContext, sql, thisTenant } from '../../contract/index.ts';

type Context = PluginContext;

const plugin = definePlugin({
  id: 'shelf',
  contract: 1,
  name: 'Shelf',
  summary: 'Keeps books.',
  config: z.object({}),
  migrations: new URL('./fixtures/shelf/', import.meta.url),
  check: async () => [],
});

let hub: TestHub;
let ours: Context;
let theirs: Context;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin], crm: false });
  await hub.hub.admin.tenants.create({ slug: 'other', name: 'Other', country: 'DE' }, 'test');
  ours = await contextOf(TEST_TENANT);
  theirs = await contextOf('other');
}, 60_000);
afterAll(async () => await hub.close());

/** Plugins are handed their context when they work; this one's check-up takes it out. */
async function contextOf(slug: string): Promise<Context> {
  let found: Context | undefined;
  Object.assign(plugin, {
    check: async (context: Context) => {
      found = context;
      return [];
    },
  });
  await hub.hub.admin.plugins.enable(slug, 'shelf', {}, 'test');
  await hub.api('POST', `/tenants/${slug}/plugins/shelf/check`);
  if (found === undefined) throw new Error(`the plugin was not called for ${slug}`);
  return found;
}

const add = (id: string, title: string) =>
  sql`insert into shelf_book (tenant_id, id, title) values (${thisTenant}, ${id}, ${title})`;
const titles = async (context: Context) =>
  (
    await context.tables.query<{ title: string }>(
      sql`select title from shelf_book where tenant_id = ${thisTenant} order by id`,
    )
  ).map(({ title }) => title);

describe('tables of a plugin', () => {
  test('hold the rows of each tenant apart', async () => {
    await ours.tables.query(add('1', 'Ours'));
    await theirs.tables.query(add('1', 'Theirs'));
    expect(await titles(ours)).toEqual(['Ours']);
    expect(await titles(theirs)).toEqual(['Theirs']);
    await theirs.tables.query(sql`delete from shelf_book where tenant_id = ${thisTenant}`);
    expect(await titles(ours)).toEqual(['Ours']);
    await theirs.tables.query(add('1', 'Theirs'));
  });

  test.each([
    ['without the tenant', sql`select title from shelf_book`],
    [
      'with one table of two that is not bound',
      sql`select a.title from shelf_book a join shelf_book b on a.id = b.id where a.tenant_id = ${thisTenant}`,
    ],
    [
      'with a listed table that is not bound',
      sql`select a.title from shelf_book a, shelf_book b where a.tenant_id = ${thisTenant}`,
    ],
    ['that updates without the tenant', sql`update shelf_book set title = ${'x'}`],
    ['that reads secrets', sql`select sealed from secret where tenant_id = ${thisTenant}`],
    [
      'that reads the CRM',
      sql`select 1 as x from shelf_book b join crm_record c on true where ${thisTenant} = ${thisTenant}`,
    ],
    ['that writes elsewhere', sql`insert into plugin_fact (tenant_id) values (${thisTenant})`],
  ])('refuse a statement %s', async (_what, statement) => {
    await expect(ours.tables.query(statement)).rejects.toThrow(/has no table|not bound to the tenant/);
  });

  test('take statements made of parts, with values that are never read as SQL', async () => {
    const hostile = `'); drop table shelf_book; --`;
    const rows = json([
      { id: '2', title: hostile },
      { id: '3', title: `cut\u0000 and \ud800 broken` },
    ]);
    const source = sql`jsonb_to_recordset(${rows}::jsonb) as row (id text, title text)`;
    await ours.tables.query(sql`
      with added as (
        insert into shelf_book (tenant_id, id, title) select ${thisTenant}, id, title from ${source}
          on conflict (tenant_id, id) do update set title = excluded.title where shelf_book.title is distinct from excluded.title
          returning id
      )
      select id from added`);
    expect(await titles(ours)).toEqual(['Ours', hostile, 'cut and \ufffd broken']);
    await ours.tables.query(
      sql`delete from shelf_book where tenant_id = ${thisTenant} and id = any(${['2', '3']}::text[])`,
    );
  });

  test('change together with the rest of a commit, or not at all', async () => {
    const failing = ours.commit({
      rows: async (tables) => {
        await tables.query(add('9', 'Lost'));
        throw new Error('no');
      },
      store: [{ key: 'lost', value: 1 }],
      vault: [{ name: 'lost', value: 'x' }],
    });
    await expect(failing).rejects.toThrow('no');
    expect(await titles(ours)).toEqual(['Ours']);
    expect(await ours.store.get('lost')).toBeUndefined();
    expect(await ours.vault.get('lost')).toBeUndefined();
  });

  test('let a commit go on with what the rows told', async () => {
    await ours.commit({
      store: [{ key: 'before', value: 1 }],
      rows: async (tables) => {
        const [row] = await tables.query<{ count: number }>(
          sql`select count(*) from shelf_book where tenant_id = ${thisTenant}`,
        );
        return { store: [{ key: 'counted', value: row?.count }] };
      },
    });
    expect(await ours.store.get('before')).toBe(1);
    expect(await ours.store.get('counted')).toBe(1);
  });
});

test('the vault keeps secrets of a tenant encrypted and to itself', async () => {
  await ours.commit({ vault: [{ name: 'mailbox', value: 'open sesame' }] });
  expect(await ours.vault.get('mailbox')).toBe('open sesame');
  expect(await theirs.vault.get('mailbox')).toBeUndefined();
  const { rows } = await hub.hub.database.pool.query(`select * from secret`);
  expect(JSON.stringify(rows)).not.toContain('sesame');
  // The settings of the plugin are secrets as well; what is in the vault is none of them.
  await hub.hub.admin.plugins.configure(TEST_TENANT, 'shelf', {}, 'test');
  expect(await ours.vault.get('mailbox')).toBe('open sesame');
  await ours.vault.delete('mailbox');
  expect(await ours.vault.get('mailbox')).toBeUndefined();
});

test('a tenant that is deleted takes its rows along', async () => {
  await hub.hub.database.pool.query(`delete from tenant where slug = 'other'`);
  const { rows } = await hub.hub.database.pool.query(`select title from shelf_book`);
  expect(rows).toEqual([{ title: 'Ours' }]);
});
