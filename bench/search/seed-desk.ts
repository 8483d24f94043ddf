import type { MirrorSpec } from '../../core/crm/mirror/declare.ts';
import { applyRows } from '../../core/crm/mirror/store.ts';
import { recordIdFor } from '../../core/crm/ids.ts';
import type { RecordRow } from '../../core/crm/twenty/operations.ts';
import type { Database } from '../../core/store/database.ts';

export const TENANT = 'bench';
const PEOPLE = 100_000;
const COMPANIES = 20_000;
const CASES = 50_000;
const CALLS = 500_000;
const PAGE = 2000;

const first =
  'Anna Björn Chloé Daan Emma Fatma Georg Hanna Ivo Jan Kim Lotte Milan Noor Omar Pat Quinn Robin Sam Tess'.split(' ');
const begin = 'Jan Mül Ber Vis Haar Stee Klein Groot Win Som Lin Eich Kast Wald Feld Bach Hof Schmid Bak Kuip'.split(
  ' ',
);
const middle = ['', 'sen', 'ler', 'man', 'stra', 'hui', 'den', 'wold', 'ing', 'dor'];
const end = ['s', 'er', 'sma', 'inga', 'sson', 'mann', 'huis', 'berg', 'stein', 'veld', 'dijk', 'hoff'];
const trades = 'Wonen Housing Bau Lifts Logistik Zorg Energie Verwaltung Services Techniek'.split(' ');
const things = 'Elevator Boiler Door Heating Lamp Intercom Pump Roof Window Alarm'.split(' ');
const troubles = [
  'stands still',
  'leaks',
  'makes a noise',
  'does not close',
  'is cold',
  'flickers',
  'was reported again',
];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const lastName = (index: number): string =>
  pick(begin, index) + pick(middle, Math.floor(index / 20)) + pick(end, Math.floor(index / 200));

/** A fictional number that nobody can call. */
const numberOf = (index: number): string => `+3120${String(1_000_000 + index).slice(-7)}`;

export function person(tenantId: string, index: number): RecordRow {
  return {
    ...base(tenantId, 'person', index),
    name: { firstName: pick(first, index * 7), lastName: lastName(index) },
    phones: { primaryPhoneNumber: numberOf(index).slice(3), primaryPhoneCallingCode: '+31', additionalPhones: [] },
    emails: { primaryEmail: `p${index}@example.com`, additionalEmails: [] },
    companyId: recordIdFor(tenantId, 'company', String(index % COMPANIES)),
  };
}

function base(tenantId: string, object: string, index: number): RecordRow {
  const at = new Date(Date.UTC(2025, 0, 1) + (index % 500_000) * 60_000).toISOString();
  return { id: recordIdFor(tenantId, object, String(index)), createdAt: at, updatedAt: at, deletedAt: null };
}

function serviceCase(tenantId: string, index: number): RecordRow {
  return {
    ...base(tenantId, 'serviceCase', index),
    number: `C-${String(index).padStart(6, '0')}`,
    subject: `${pick(things, index)} ${pick(troubles, index * 3)} at number ${index % 300}`,
    status: index % 10 === 0 ? 'OPEN' : 'CLOSED',
    personId: recordIdFor(tenantId, 'person', String(index % PEOPLE)),
    companyId: recordIdFor(tenantId, 'company', String(index % COMPANIES)),
  };
}

export function phoneCall(tenantId: string, index: number): RecordRow {
  return {
    ...base(tenantId, 'phoneCall', index),
    direction: index % 3 === 0 ? 'OUTBOUND' : 'INBOUND',
    outcome: index % 11 === 0 ? 'MISSED' : 'ANSWERED',
    startedAt: new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString(),
    durationSeconds: index % 900,
    phoneNumber: numberOf(index % PEOPLE),
    agentId: recordIdFor(tenantId, 'workspaceMember', String(index % 50)),
    personId: recordIdFor(tenantId, 'person', String(index % PEOPLE)),
    companyId: recordIdFor(tenantId, 'company', String(index % COMPANIES)),
  };
}

/** Fills the mirror as a copy would. */
export async function seedDesk(
  { db, pool }: Database,
  tenantId: string,
  specs: ReadonlyMap<string, MirrorSpec>,
): Promise<void> {
  const company = (_tenant: string, index: number): RecordRow => ({
    ...base(tenantId, 'company', index),
    name: `${lastName(index * 13)} ${pick(trades, index)}`,
  });
  const kinds = [
    ['company', COMPANIES, company],
    ['person', PEOPLE, person],
    ['serviceCase', CASES, serviceCase],
  ] as const;
  for (const [object, count, make] of kinds) {
    const target = { tenantId, country: 'NL', spec: specs.get(object)! };
    const startedAt = Date.now();
    for (let from = 0; from < count; from += PAGE) {
      const rows = Array.from({ length: Math.min(PAGE, count - from) }, (_, offset) => make(tenantId, from + offset));
      await db.transaction().execute((transaction) => applyRows(transaction, target, rows));
    }
    console.log(`${count} records of ${object} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  await addCalls(pool, tenantId);
  await pool.query('vacuum analyze crm_record');
  await pool.query('vacuum analyze crm_key');
}

/** Calls have neither words nor keys, so the copy would put the same rows; at once they are there sooner. */
async function addCalls(pool: Database['pool'], tenantId: string): Promise<void> {
  const own = (index: number) => JSON.stringify(phoneCall(tenantId, index));
  for (let from = 0; from < CALLS; from += 50_000) {
    const rows = Array.from({ length: 50_000 }, (_, offset) => own(from + offset));
    await pool.query(
      `insert into crm_record (tenant_id, object, id, data, changed_at)
       select $1, 'phoneCall', (data ->> 'id')::uuid, data, (data ->> 'updatedAt')::timestamptz
       from unnest($2::jsonb[]) as row (data)`,
      [tenantId, rows],
    );
  }
}

/** What people type: letters of names, whole names, slips, ends of compounds, numbers in several notations, cases. */
export function questions(round: number): string[] {
  return Array.from({ length: 50 }, (_, index) => index + round * 5003).flatMap((index) => {
    const name = lastName(index * 31);
    const number = numberOf((index * 7919) % PEOPLE);
    return [
      name.slice(0, 2),
      name.slice(0, 4).toUpperCase(),
      `${pick(first, index)} ${name.slice(0, 5)}`,
      `${name[1]}${name[0]}${name.slice(2)}`,
      name.slice(2),
      number,
      `020 ${number.slice(5, 9)}`,
      number.slice(-5),
      `C-${String((index * 37) % CASES).padStart(6, '0')}`,
      `${pick(things, index)} ${pick(troubles, index)}`,
    ];
  });
}
