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

/** Fills a tenant's mirror with people as a copy would, each with two numbers and an address. */
export async function seedMirror(
  { db, pool }: Database,
  target: { readonly tenantId: string; readonly country: string; readonly spec: MirrorSpec },
  count: number,
): Promise<void> {
  for (let from = 0; from < count; from += rowsPerPage) {
    const size = Math.min(rowsPerPage, count - from);
    const rows = Array.from({ length: size }, (_, offset) => contact(target.tenantId, from + offset));
    await db.transaction().execute((transaction) => applyRows(transaction, target, rows));
  }
  await pool.query('analyze crm_record, crm_key');
}

function contact(tenantId: string, index: number): RecordRow {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: recordIdFor(tenantId, 'person', String(index)),
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
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
