import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';

import { openTables } from '../database.ts';
import { createQueue } from '../index.ts';
import { claimJobs } from '../sql/claim.ts';
import { markQueued } from '../sql/dispatch.ts';
import { takeBack } from '../sql/sweep.ts';
import { note, quiet } from './support.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;

beforeAll(async () => {
  database = await hubDatabase();
});
afterAll(async () => {
  await database.close();
});

test('two tickets of one job that are presented together start it once', async () => {
  const db = openTables(database.pool);
  const queue = await createQueue({
    database,
    backend: { kind: 'postgres', connectionString: database.url },
    log: quiet,
  });
  const { id } = await queue.enqueue(note('dispatched twice'));
  const dispatch = () => db.transaction().execute((tx) => markQueued(tx, [id]));
  const first = await dispatch();
  await takeBack(db, first);
  const second = await dispatch();

  const claims = await claimJobs(db, [...first, ...second]);

  expect(claims).toEqual(['void', expect.objectContaining({ ticket: second[0]!.ticket })]);
  expect((await queue.get(id))?.attempts).toBe(1);
  await queue.close();
});
