import type { CrmWrite, Lane } from '../../core/contract/index.ts';

/** What one customer's call makes, staged in an order that the gateway has to put right: each set points at the next. */
export const RECORDS_PER_CALL = 5;

/** Gives the id of a record by its object and key. */
export type IdFor = (object: string, key: string) => string;

/** A call, its person, its location, and its journal entry, which is a note and what ties it to the person. */
export function callWrites(name: string, idFor: IdFor, lane: Lane = 'bulk'): CrmWrite[] {
  const startedAt = new Date(Date.UTC(2026, 10, 20, 8));
  const endedAt = new Date(startedAt.getTime() + 95_000);
  const number = `+447700900${String(hash(name) % 1000).padStart(3, '0')}`;
  const personId = idFor('person', name);
  const locationId = idFor('location', name);
  const write = (object: string, fields: CrmWrite['fields']): CrmWrite => ({ object, key: name, lane, fields });
  return [
    write('noteTarget', { noteId: idFor('note', name), targetPersonId: personId }),
    write('note', { title: `Call ${name}`, bodyV2: { markdown: `Asked when the engineer of ${name} arrives.` } }),
    write('phoneCall', {
      name: `Inbound call from ${number}`,
      externalKey: `bench:${name}`,
      direction: 'INBOUND',
      outcome: 'ANSWERED',
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      durationSeconds: 95,
      phoneNumber: number,
      agentExtension: '101',
      matchState: 'MATCHED',
      personId,
      locationId,
    }),
    write('person', {
      name: { firstName: 'Pat', lastName: `Example ${name}` },
      phones: { primaryPhoneNumber: number, additionalPhones: [] },
      emails: { primaryEmail: `${name}@example.com`, additionalEmails: [] },
      locationId,
    }),
    write('location', { name: `Site ${name}`, externalId: `bench:${name}` }),
  ];
}

function hash(text: string): number {
  let value = 0;
  for (const letter of text) value = (value * 31 + letter.charCodeAt(0)) >>> 0;
  return value;
}
