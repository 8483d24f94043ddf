import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { fileMessages } from '../../file/file-messages.ts';
import { CASE, type Desk, openDesk } from '../desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

test('a mail that claims to be from staff gets into a case when its source proves it, and waits for a person when not', async () => {
  const ids = await desk.context.services.ownIds();
  const references = [ids.caseReference(CASE, 'example.com').replaceAll(/[<>]/g, '')];
  const claims = { from: 'agent@example.com', references };
  const [claimed, proven] = [await desk.addMessage(claims), await desk.addMessage(claims)];
  desk.proven.add(proven);
  await fileMessages(desk.context, [claimed, proven]);
  const rows = await desk.context.tables.query<{ id: string; outcome: string; case_id: string | null }>(sql`
    select message_id as id, outcome, case_id from mail_filing where tenant_id = ${thisTenant}`);
  expect(rows.find(({ id }) => id === claimed)?.outcome).toBe('needs-a-look');
  expect(rows.find(({ id }) => id === proven)).toMatchObject({ outcome: 'joined', case_id: CASE });
});
