import type { PanelNumber } from '@switchboard/crm/panel';
import type { CrmRecord } from '../contract/index.ts';
import { numbersOf } from '../crm/index.ts';
import type { Page } from './page.ts';
import { nameOf, text } from './text.ts';

/** On one page more would be a telephone book. */
const MOST_NUMBERS = 10;

/** People and places of a company among whom those with a number are looked for. */
const MOST_RECORDS = 200;

/** Whom one can call from the page of a record: its own numbers, or those of whom it is about. */
export async function readNumbers(page: Page): Promise<readonly PanelNumber[]> {
  const found = await numbersFor(page);
  return [...new Map(found.map((one) => [one.number, one])).values()].slice(0, MOST_NUMBERS);
}

async function numbersFor(page: Page): Promise<readonly PanelNumber[]> {
  const { object, own, reader, country } = page;
  if (own === undefined) return [];
  if (object === 'person' || object === 'location') return numbersIn(own, country, null);
  if (object === 'company') return await numbersAtCompany(page);
  if (object === 'malfunction') {
    const location = await linked(page, 'location');
    return location === undefined ? [] : numbersIn(location, country, nameOf(location['name']));
  }
  if (object === 'serviceCase') {
    const [person, location] = await Promise.all([linked(page, 'person'), linked(page, 'location')]);
    return [person, location].flatMap((record) => (record ? numbersIn(record, country, nameOf(record['name'])) : []));
  }
  const number = text(own['phoneNumber']);
  if (number === null || !number.startsWith('+')) return [];
  const person = typeof own['personId'] === 'string' ? await reader.get('person', own['personId']) : undefined;
  const name = person === undefined ? null : nameOf(person['name']);
  return [{ number, name, barred: barredBy(own) ?? (person === undefined ? null : barredBy(person)) }];
}

/** A company has no number of its own in Twenty: its places answer for it, then its people. */
async function numbersAtCompany({ reader, id, country }: Page): Promise<readonly PanelNumber[]> {
  const found = await Promise.all(
    (['location', 'person'] as const).map(async (object) => {
      const records = await reader.findBy(object, 'companyId', id, MOST_RECORDS);
      return records
        .map((record) => ({ record, name: nameOf(record['name']) }))
        .toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? ''))
        .flatMap(({ record, name }) => numbersIn(record, country, name));
    }),
  );
  return found.flat();
}

async function linked({ reader, own }: Page, object: 'person' | 'location'): Promise<CrmRecord | undefined> {
  const id = own?.[`${object}Id`];
  return typeof id === 'string' ? await reader.get(object, id) : undefined;
}

function numbersIn(record: CrmRecord, country: string, name: string | null): PanelNumber[] {
  return numbersOf(record['phones'], country).map((number) => ({ number, name, barred: barredBy(record) }));
}

/** Persons say whether they want to be called; of targets the list's rules decide. */
function barredBy({ doNotCall, compliance, status }: CrmRecord): PanelNumber['barred'] {
  if (doNotCall === true) return 'unwanted';
  return compliance === 'FORBIDDEN' || compliance === 'LATER' || status === 'BLOCKED' ? 'forbidden' : null;
}
