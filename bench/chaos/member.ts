import { setTimeout as sleep } from 'node:timers/promises';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import { insist } from './insist.ts';
import type { Random } from './random.ts';

/** What a member of the workspace wants a record to be; nobody else changes these fields. */
export type Wanted = { deleted: boolean; readonly fields: Record<string, unknown> };

/** By object, then by record id. */
export type Wishes = Readonly<Record<'person' | 'company' | 'phoneCall', Map<string, Wanted>>>;

const PEOPLE = 40;

/** A member at work in Twenty itself: new people, other names, other numbers, deletions and second thoughts. */
export async function workInTwenty(crm: TwentyClient, random: Random, over: AbortSignal): Promise<Wishes> {
  const wishes: Wishes = { person: new Map(), company: new Map(), phoneCall: new Map() };
  const companies = await idsOf(crm, 'companies');
  const steps = [...Array.from({ length: 8 }, () => changePerson), renameCompany, followUp];
  while (!over.aborted) {
    if (wishes.person.size < PEOPLE && random.next() < 0.5) await createPerson(crm, wishes, random);
    else await random.pick(steps)(crm, wishes, random, companies);
    await sleep(random.between(20, 300));
  }
  return wishes;
}

async function createPerson(crm: TwentyClient, { person }: Wishes, random: Random): Promise<void> {
  const id = random.uuid();
  const fields = { name: randomName(random), phones: randomPhones(random) };
  // By an id of its own and as an upsert, so that it can be repeated when the answer is lost.
  await records(
    crm,
    'mutation Create($data: [PersonCreateInput!]!) { createPeople(data: $data, upsert: true) { id } }',
    {
      data: [{ id, ...fields }],
    },
  );
  person.set(id, { deleted: false, fields });
}

async function changePerson(crm: TwentyClient, { person }: Wishes, random: Random): Promise<void> {
  if (person.size === 0) return;
  const [id, wanted] = random.pick([...person]);
  if (wanted.deleted || random.next() < 0.2) {
    await records(crm, `mutation End($id: UUID!) { ${wanted.deleted ? 'restore' : 'delete'}Person(id: $id) { id } }`, {
      id,
    });
    wanted.deleted = !wanted.deleted;
    return;
  }
  const data = random.next() < 0.5 ? { name: randomName(random) } : { phones: randomPhones(random) };
  await records(
    crm,
    'mutation Change($id: UUID!, $data: PersonUpdateInput!) { updatePerson(id: $id, data: $data) { id } }',
    {
      id,
      data,
    },
  );
  Object.assign(wanted.fields, data);
}

async function renameCompany(
  crm: TwentyClient,
  { company }: Wishes,
  random: Random,
  companies: readonly string[],
): Promise<void> {
  const id = random.pick(companies);
  const data = { name: `Example ${random.between(1, 9999)} Ltd` };
  await records(
    crm,
    'mutation Rename($id: UUID!, $data: CompanyUpdateInput!) { updateCompany(id: $id, data: $data) { id } }',
    {
      id,
      data,
    },
  );
  company.set(id, { deleted: false, fields: data });
}

/** Ticks off a call that the hub may still be completing. */
async function followUp(crm: TwentyClient, { phoneCall }: Wishes, random: Random): Promise<void> {
  const latest = await idsOf(crm, 'phoneCalls', 'first: 20, orderBy: [{ startedAt: DescNullsLast }]');
  if (latest.length === 0) return;
  const id = random.pick(latest);
  const data = { followedUpAt: new Date(Date.UTC(2026, 5, random.between(1, 30))).toISOString() };
  await records(
    crm,
    'mutation Tick($id: UUID!, $data: PhoneCallUpdateInput!) { updatePhoneCall(id: $id, data: $data) { id } }',
    {
      id,
      data,
    },
  );
  phoneCall.set(id, { deleted: false, fields: data });
}

const records = async (crm: TwentyClient, query: string, variables: object): Promise<Record<string, unknown>> =>
  await insist('a change in Twenty', async () => await crm.records(query, variables));

async function idsOf(crm: TwentyClient, plural: string, args = 'first: 10000'): Promise<string[]> {
  const data = await records(crm, `{ ${plural}(${args}) { edges { node { id } } } }`, {});
  return (data[plural] as { edges: { node: { id: string } }[] }).edges.map(({ node }) => node.id);
}

const randomName = (random: Random) => ({ firstName: 'Pat', lastName: `Example ${random.between(1, 99_999)}` });

/** 400 numbers for 40 people: now and then two share one. */
function randomPhones(random: Random) {
  const number = (): string => `2079460${random.between(500, 899)}`;
  const additionalPhones = random.next() < 0.4 ? [{ number: number(), countryCode: 'GB', callingCode: '+44' }] : [];
  return { primaryPhoneNumber: `+44${number()}`, additionalPhones };
}
