import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type JournalEntry, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { carryOverHandler } from '../../journal/carry-over.ts';
import { type Folders, openDesk } from '../malfunctions/folders.ts';

/** Lines that the desk kept before there was a journal become entries of it: all of them, once, whatever happens on the way. */

let desk: Folders;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const MEMBER = randomUUID();
const begun = Date.parse('2026-01-01T08:00:00Z');

interface Line {
  readonly kind: string;
  readonly caseId: string | null;
  readonly index: number;
}

async function keep({ tables }: { readonly tables: PluginTables }, { kind, caseId, index }: Line): Promise<void> {
  const at = new Date(begun + index * 60_000);
  await tables.query(sql`
    insert into service_desk_entry (tenant_id, id, kind, at, member_id, member_name, case_id, body, before, after)
    values (${thisTenant}, ${randomUUID()}, ${kind}, ${at}, ${MEMBER}, 'Robin Example', ${caseId}, ${`Line ${index}`},
      '{"status": "OPEN"}'::jsonb, '{"status": "CLOSED"}'::jsonb)`);
}

const left = async () =>
  await desk.real.tables.query(sql`select id from service_desk_entry where tenant_id = ${thisTenant}`);
const carryOver = async (context = desk.real, signal = AbortSignal.timeout(60_000)) =>
  await carryOverHandler.run(context, {} as never, { id: 'job', attempt: 1, signal });

async function entriesOf(caseId: string): Promise<JournalEntry[]> {
  const subjects = [{ object: 'serviceCase', id: caseId }];
  const newest = await desk.real.journal.list({ subjects }, { limit: 200 });
  const older = await desk.real.journal.list({ subjects }, { limit: 200, before: newest.at(-1) });
  return [...newest, ...older].toReversed();
}

test('page by page, in their order, with author, words and values; a kind that is unknown is one of its own', async () => {
  const caseId = randomUUID();
  for (let index = 0; index < 250; index += 1)
    await keep(desk.real, { kind: index === 7 ? 'WAVED' : 'NOTE', caseId, index });
  // About nothing: no journal could show it.
  await keep(desk.real, { kind: 'NOTE', caseId: null, index: 250 });
  // Killed after the first page: what was moved is in the journal, and what was not is still there.
  let pages = 0;
  const killed = {
    ...desk.real,
    commit: async (changes: Parameters<typeof desk.real.commit>[0]) => {
      if (pages === 1) throw new Error('killed');
      await desk.real.commit(changes);
      pages += 1;
    },
  };
  await expect(carryOver(killed)).rejects.toThrow('killed');
  expect([(await entriesOf(caseId)).length, (await left()).length]).toEqual([200, 51]);

  await Promise.all([carryOver(), carryOver()]);
  await carryOver();
  expect(await left()).toEqual([]);
  const entries = await entriesOf(caseId);
  expect(entries.map(({ content }) => content?.text)).toEqual(
    Array.from({ length: 250 }, (_, index) => `Line ${index}`),
  );
  expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  expect(entries.filter(({ kind }) => kind !== 'NOTE')).toMatchObject([{ kind: 'OTHER', sequence: 8 }]);
  expect(entries[0]).toMatchObject({
    at: new Date(begun),
    source: 'console',
    actorKind: 'MEMBER',
    actorId: MEMBER,
    content: { actorName: 'Robin Example', before: { status: 'OPEN' }, after: { status: 'CLOSED' } },
  });
});
