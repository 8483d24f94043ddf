import type { CrmReader, CrmRecord } from '@switchboard/core/contract';
import { nameOf } from '../cases/links.ts';
import { addressIn, textIn } from './values.ts';

/** A record as it is called. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

type Names = (record: CrmRecord, field: string) => Named | null;

/** The names behind a relation of many records, in one question. What the member may not see has none. */
export async function namesBehind(
  crm: Pick<CrmReader, 'getMany'>,
  records: readonly CrmRecord[],
  relations: Readonly<Record<string, string>>,
): Promise<Names> {
  const found = new Map<string, Named>();
  await Promise.all(
    Object.entries(relations).map(async ([field, object]) => {
      const ids = records.flatMap((record) => textIn(record, field) ?? []);
      for (const [id, record] of await crm.getMany(object, ids)) {
        found.set(`${field}/${id}`, { id: record.id, name: labelOf(object, record) });
      }
    }),
  );
  return (record, field) => found.get(`${field}/${textIn(record, field)}`) ?? null;
}

/** What tells records of the same name apart: whose they are, or else their address. */
export async function detailsBehind(
  crm: Pick<CrmReader, 'getMany'>,
  records: readonly CrmRecord[],
): Promise<(record: CrmRecord) => string> {
  const named = await namesBehind(crm, records, { personId: 'person', companyId: 'company' });
  return (record) => {
    const owners = ['personId', 'companyId'].flatMap((field) => named(record, field)?.name ?? []);
    const address = addressIn(record['siteAddress'] ?? record['address']);
    return [...owners, ...address.slice(0, 3)].filter((part) => part !== '').join(', ');
  };
}

/** What a record is called in lists: a case by its number and subject, also one that the hub has not named yet. */
export function labelOf(object: string, record: CrmRecord): string {
  if (object === 'serviceCase') return joined(record, 'number', 'subject') || nameOf(record);
  if (object === 'malfunction') return joined(record, 'number', 'title') || nameOf(record);
  if (object === 'phoneCall') return textIn(record, 'phoneNumber') ?? '';
  return nameOf(record);
}

function joined(record: CrmRecord, ...fields: readonly string[]): string {
  return fields.flatMap((field) => textIn(record, field) ?? []).join(' ');
}
