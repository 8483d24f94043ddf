import { sql } from 'kysely';
import { mergeDeclarations } from '../../core/crm/mirror/declare.ts';
import type { Database } from '../../core/store/database.ts';
import type { AnyPlugin } from '@switchboard/core/contract';
import { fillDesk } from '../desk/fill.ts';
import { type Amounts, type DeskWorld, idOf } from '../desk/records.ts';
import type { Shown } from './list.ts';
import { seedJournal } from './seed-journal.ts';
import { seedMails } from './seed-mails.ts';

export interface PageAmounts extends Amounts {
  /** Lines of the delivery log. */
  readonly delivery: number;
}

/** So many of each kind are looked at. */
const LOOKED_AT = 40;

/**
 * Fills the copy of a workspace, the log, the journal of cases and the mail as years of work would. What is put into the copy is not in Twenty, so the
 * hub is told that it has compared the two.
 */
export async function seedWorkspace(
  database: Database,
  world: DeskWorld & { readonly amounts: PageAmounts },
  plugins: readonly AnyPlugin[],
): Promise<Shown> {
  const { delivery, ...amounts } = world.amounts;
  await sql`
    update crm_sync set counted_at = now() + interval '1 day', swept_at = now() where tenant_id = ${world.tenantId}
  `.execute(database.db);
  const specs = mergeDeclarations(plugins.flatMap((plugin) => plugin.mirrors ?? []));
  await fillDesk(database, { ...world, amounts }, specs);
  await seedDeliveries(database, world.tenantId, delivery);
  await seedJournal(database, world);
  await seedMails(database, world);
  const some = (object: keyof Amounts, step: number) =>
    Array.from({ length: LOOKED_AT }, (_, index) => idOf(world, object, (index * step) % world.amounts[object]));
  return {
    people: some('person', 701),
    companies: some('company', 307),
    locations: some('location', 211),
    // Open ones, of each age.
    cases: some('serviceCase', 30 * 41),
    folders: some('malfunction', 1).slice(0, 20),
    calls: some('phoneCall', 997),
  };
}

async function seedDeliveries({ db, pool }: Database, tenantId: string, count: number): Promise<void> {
  await sql`
    insert into delivery (id, tenant_id, plugin_id, direction, kind, result, summary, created_at, updated_at)
    select gen_random_uuid(), ${tenantId}, 'threecx', 'in', 'journal',
      case when n % 50 = 0 then 'failed' else 'done' end,
      'Call of +44 20 7946 0' || n % 1000 || ' with Contact ' || n
        || case when n % 1000 = 7 then ', Harbour Housing' else '' end,
      now() - n * interval '20 seconds', now() - n * interval '20 seconds'
    from generate_series(1, ${count}::integer) n
  `.execute(db);
  await pool.query('vacuum analyze delivery');
}
