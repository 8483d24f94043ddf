import type { MirrorSpec } from '../core/crm/mirror/declare.ts';
import { applyRows } from '../core/crm/mirror/store.ts';
import { recordIdFor } from '../core/crm/ids.ts';
import type { RecordRow } from '../core/crm/twenty/operations.ts';
import type { Database } from '../core/store/database.ts';

/** The number of the n-th contact: exchange 555 in up to 80 area codes, 10,000 each. */
export function numberOf(index: number): string {
  const areaCode = 201 + Math.floor(index / 10_000);
  return `+1${areaCode}555${String(index % 10_000).padStart(4, '0')}`;
}

const rowsPerPage = 2000;

interface SeedTarget {
  readonly tenantId: string;
  readonly country: string;
  readonly spec: MirrorSpec;
}

/** Fills a tenant's mirror with people as a copy would, each with a number and an address. */
export async function seedMirror(database: Database, target: SeedTarget, count: number): Promise<void> {
  await seedRecords(database, target, count, contact);
}

/** Fills a tenant's mirror with records of one object, whose ids follow from their numbers. */
async function seedRecords(
  { db, pool }: Database,
  target: SeedTarget,
  count: number,
  fieldsOf: (index: number) => object,
): Promise<void> {
  const at = '2026-01-01T00:00:00.000Z';
  const recordOf = (index: number): RecordRow => {
    const id = recordIdFor(target.tenantId, target.spec.object, String(index));
    return { id, createdAt: at, updatedAt: at, deletedAt: null, ...fieldsOf(index) };
  };
  for (let from = 0; from < count; from += rowsPerPage) {
    const size = Math.min(rowsPerPage, count - from);
    const rows = Array.from({ length: size }, (_, offset) => recordOf(from + offset));
    await db.transaction().execute((transaction) => applyRows(transaction, target, rows));
  }
  await pool.query('analyze crm_record, crm_key');
}

function contact(index: number) {
  return {
    name: { firstName: `First${index % 997}`, lastName: `Last${index}` },
    emails: { primaryEmail: `contact${index}@example.com`, additionalEmails: [] },
    phones: {
      primaryPhoneNumber: numberOf(index).slice(2),
      primaryPhoneCallingCode: '+1',
      primaryPhoneCountryCode: 'US',
      additionalPhones: [],
    },
    companyId: null,
    jobTitle: 'Customer',
  };
}
