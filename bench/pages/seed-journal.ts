import { appendEntries } from '../../core/journal/append.ts';
import type { JournalInput, JournalKind } from '../../core/contract/index.ts';
import type { Database } from '../../core/store/database.ts';
import { type DeskWorld, deskRecords, idOf } from '../desk/records.ts';

const CASES_AT_ONCE = 1000;

/** Two entries for each case: opened, and a note. */
export async function seedJournal({ db, pool }: Database, world: DeskWorld): Promise<void> {
  const { tenantId, amounts } = world;
  for (let from = 0; from < amounts.serviceCase; from += CASES_AT_ONCE) {
    const size = Math.min(CASES_AT_ONCE, amounts.serviceCase - from);
    const entries = Array.from({ length: size }, (_, offset) => entriesOf(world, from + offset)).flat();
    await db.transaction().execute(async (transaction) => {
      await appendEntries(transaction, tenantId, entries);
    });
  }
  await pool.query('vacuum analyze journal_entry, journal_content');
}

function entriesOf(world: DeskWorld, index: number): JournalInput[] {
  const id = idOf(world, 'serviceCase', index);
  const openedAt = Date.parse(String(deskRecords.serviceCase(world, index)['openedAt']));
  const entry = (kind: JournalKind, hours: number, text: string): JournalInput => ({
    key: `desk:${id}/${kind}`,
    kind,
    at: new Date(openedAt + hours * 3_600_000),
    actor: { kind: 'MEMBER', id: world.members[index % world.members.length] ?? null, name: 'Robin Example' },
    source: 'console',
    subjects: [{ object: 'serviceCase', id }],
    text,
  });
  return [entry('CREATED', 0, ''), entry('NOTE', 1, 'Called back; will be there tomorrow between eight and ten.')];
}
