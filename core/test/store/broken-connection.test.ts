import { expect, test } from '@jest/globals';
import { testDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { openDatabase } from '../../store/database.ts';

test('a connection that breaks inside a transaction fails that transaction and nothing else', async () => {
  const schema = await testDatabase();
  const database = openDatabase(schema.url);
  const broken = database.db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql`select 1`.execute(transaction);
  });
  await expect(broken).rejects.toThrow(/terminat|connection error/);
  expect((await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
  await database.close();
  await schema.close();
});
