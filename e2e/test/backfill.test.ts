import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { type HubProcess, startHubProcess } from '../hub-process.ts';
import { setStage, type Stage } from '../stage.ts';
import { startTwenty, type Twenty } from '@switchboard/sandbox/twenty';

const PEOPLE = 3000;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
}, 60_000);

async function start(role: 'web' | 'worker', stage: Stage): Promise<HubProcess> {
  const hub = await startHubProcess(role, stage.env);
  closers.push(hub.kill);
  return hub;
}

type Mirrored = { object: string; state: string; copied: number; total?: number };
type Status = { mirror: Mirrored[]; session?: { backfill?: { total: number; secondsLeft?: number } } };

const status = async (stage: Stage): Promise<Status> =>
  (await stage.api('GET', '/tenants/acme/crm/status')).body as Status;

type Known = { readonly id: string; readonly number: string };

/** @returns them in the order in which they are copied */
async function createPeople({ crm }: Stage): Promise<Known[]> {
  const known: Known[] = [];
  for (let from = 0; from < PEOPLE; from += 200) {
    const data = Array.from({ length: 200 }, (_, index) => ({
      name: { firstName: 'Pat', lastName: `Example ${from + index}` },
      phones: { primaryPhoneNumber: numberOf(from + index) },
    }));
    const answer = await crm.records(
      'mutation($data:[PersonCreateInput!]!){createPeople(data:$data){id name{lastName}}}',
      {
        data,
      },
    );
    for (const { id, name } of (answer as { createPeople: { id: string; name: { lastName: string } }[] })
      .createPeople) {
      known.push({ id, number: numberOf(Number(name.lastName.split(' ')[1])) });
    }
  }
  return known.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const numberOf = (index: number): string => `+1212555${String(index).padStart(4, '0')}`;

/** @returns the last name of whom 3CX would show */
async function callerOf(stage: Stage, number: string): Promise<string | undefined> {
  const response = await fetch(`${stage.url}/hooks/acme/threecx/lookup?number=${encodeURIComponent(number)}`, {
    headers: { authorization: `Bearer ${stage.threecxKey}` },
  });
  return ((await response.json()) as { matches: { lastName: string }[] }).matches[0]?.lastName;
}

test('a worker killed in the middle of the first copy goes on where it stopped, with what changed meanwhile', async () => {
  let twenty: Twenty | undefined;
  const stage = await setStage({}, async (options) => (twenty = await startTwenty(options)));
  closers.push(stage.close);
  const [first, second, third, ...others] = await createPeople(stage);
  const last = others.pop();
  if (first === undefined || second === undefined || third === undefined || last === undefined) throw new Error('few');
  await start('web', stage);
  await stage.provision();
  twenty?.faults.set({ kind: 'delay', ms: 700 }, { path: '/graphql' });
  const worker = await start('worker', stage);
  const atKill = await waitFor(
    'some of the people',
    async () => {
      const { session, mirror } = await status(stage);
      const person = mirror.find(({ object }) => object === 'person');
      const isUnderWay = person !== undefined && person.copied > 0 && person.state === 'copying';
      return isUnderWay && session?.backfill !== undefined ? person.copied : undefined;
    },
    120_000,
  );
  await worker.kill();
  twenty?.faults.clear();
  // What is copied is found though nobody goes on copying.
  expect(await callerOf(stage, first.number)).toMatch(/^Example \d+$/);

  const { crm } = stage;
  const change = (id: string, number: string) =>
    crm.records('mutation($id:UUID!,$data:PersonUpdateInput!){updatePerson(id:$id,data:$data){id}}', {
      id,
      data: { phones: { primaryPhoneNumber: number } },
    });
  await change(first.id, '+12125559991');
  await change(last.id, '+12125559992');
  await crm.records('mutation($id:UUID!){deletePerson(id:$id){id}}', { id: second.id });
  await crm.records('mutation($id:UUID!){destroyPerson(id:$id){id}}', { id: third.id });
  await crm.records('mutation($data:PersonCreateInput!){createPerson(data:$data){id}}', {
    data: { name: { lastName: 'Newcomer' }, phones: { primaryPhoneNumber: '+12125559993' } },
  });

  const seen: number[] = [];
  await start('worker', stage);
  await waitFor(
    'the whole copy',
    async () => {
      const { mirror } = await status(stage);
      seen.push(mirror.find(({ object }) => object === 'person')?.copied ?? 0);
      return mirror.every(({ state }) => state === 'fresh');
    },
    120_000,
  );
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(atKill);
  await waitFor('the deleted and the destroyed to go', async () =>
    [await callerOf(stage, second.number), await callerOf(stage, third.number)].every((name) => name === undefined),
  );
  const numbers = ['+12125559991', '+12125559992', ...others.map(({ number }) => number)];
  for (let from = 0; from < numbers.length; from += 100) {
    const callers = await Promise.all(numbers.slice(from, from + 100).map((number) => callerOf(stage, number)));
    expect(callers.filter((name) => !name?.startsWith('Example '))).toEqual([]);
  }
  expect(await callerOf(stage, '+12125559993')).toBe('Newcomer');
  expect(await callerOf(stage, first.number)).toBeUndefined();
}, 400_000);
