import { sql } from 'kysely';
import { recordIdFor } from '../../core/crm/ids.ts';
import { mergeDeclarations } from '../../core/crm/mirror/declare.ts';
import type { Database } from '../../core/store/database.ts';
import type { AnyPlugin } from '@switchboard/core/contract';
import { seedMirror, seedRecords } from '../seed-mirror.ts';

export interface Amounts {
  readonly people: number;
  readonly cases: number;
  readonly deliveries: number;
}

const subjects = ['Lift stands still', 'Water in the cellar', 'Key lost', 'Heating is cold', 'Door does not close'];
const states = ['NEW', 'OPEN', 'IN_PROGRESS', 'WAITING_FOR_CUSTOMER', 'RESOLVED', 'CLOSED'];

/**
 * Fills the copy of a workspace and the log as years of work would. What is put into the copy is not in Twenty, so the hub is told that it has
 * compared the two.
 */
export async function seedWorkspace(
  database: Database,
  tenantId: string,
  plugins: readonly AnyPlugin[],
  { people, cases, deliveries }: Amounts,
): Promise<void> {
  await sql`
    update crm_sync set counted_at = now() + interval '1 day', swept_at = now() where tenant_id = ${tenantId}
  `.execute(database.db);
  const specs = mergeDeclarations(plugins.flatMap((plugin) => plugin.mirrors ?? []));
  const [person, serviceCase] = [specs.get('person'), specs.get('serviceCase')];
  if (person === undefined || serviceCase === undefined) throw new Error('No plugin reads people and cases');
  const target = { tenantId, country: 'US' };
  await seedMirror(database, { ...target, spec: person }, people);
  await seedRecords(database, { ...target, spec: serviceCase }, cases, (index) => ({
    name: `C-${String(index).padStart(6, '0')} ${subjects[index % subjects.length]}`,
    status: states[index % states.length],
    priority: index % 9 === 0 ? 'URGENT' : 'NORMAL',
    openedAt: new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString(),
    personId: recordIdFor(tenantId, 'person', String((index * 7919) % people)),
  }));
  await seedDeliveries(database, tenantId, deliveries);
}

async function seedDeliveries({ db }: Database, tenantId: string, count: number): Promise<void> {
  await sql`
    insert into delivery (id, tenant_id, plugin_id, direction, kind, result, summary, created_at, updated_at)
    select gen_random_uuid(), ${tenantId}, 'threecx', 'in', 'journal',
      case when n % 50 = 0 then 'failed' else 'done' end,
      'Call of +44 20 7946 0' || n % 1000 || ' with Contact ' || n
        || case when n % 1000 = 7 then ', Harbour Housing' else '' end,
      now() - n * interval '20 seconds', now() - n * interval '20 seconds'
    from generate_series(1, ${count}::integer) n
  `.execute(db);
  await sql`analyze delivery`.execute(db);
}
