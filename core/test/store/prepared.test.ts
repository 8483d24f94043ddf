import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { prepared } from '../../store/prepared.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;

beforeAll(async () => {
  database = await hubDatabase();
});
afterAll(async () => await database.close());

test('a marked statement is planned once per connection, with any values; others leave nothing behind', async () => {
  await database.db.transaction().execute(async (transaction) => {
    for (const value of [1, 2, 3]) {
      const { rows } = await sql<{ twice: number }>`${prepared} select ${value}::integer * 2 as twice`.execute(
        transaction,
      );
      expect(rows).toEqual([{ twice: value * 2 }]);
      await sql`select ${value}::integer as plain`.execute(transaction);
    }
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      transaction,
    );
    expect(rows.map(({ statement }) => statement)).toEqual([expect.stringContaining('as twice')]);
  });
});
