import { type CrmWrite, type DeliveryNote, handle, RefusedError } from '@switchboard/core/contract';
import { type Comparison, compare, type Difference, type Pair } from '../agents/compare.ts';
import { readMembers } from '../agents/members.ts';
import { compareAgents as type, COMPARISON_KEY, stored } from '../agents/work.ts';
import { createUsers, type UserFields, type Users } from '../client/users.ts';
import type { Context } from '../services.ts';

const KEPT_MS = 30 * 86_400_000;

/** Looks first, always: what is changed is what a comparison told before, and still is so. */
export const compareAgents = handle<Context, typeof type.payload>(type, async (context, asked, { signal }) => {
  const { apply } = asked;
  const { xapi } = context.services.pbx;
  if (xapi === undefined) return;
  await context.services.channels.through('agents', async () => {
    const users = createUsers(xapi);
    const before = await look(context, users, signal);
    if (apply === undefined) return await keep(context, before, []);
    if (apply !== before.id) return await keep(context, before, [outdated]);
    const changed = await change(context, users, before, signal);
    await context.commit({ writes: before.pairs.flatMap(memberWrites) });
    const created = await addUsers(context, users, before, asked.create, signal);
    const removed = await removeUsers(users, before, asked.remove, signal);
    const notes = [...changed, ...before.pairs.flatMap(memberNotes), ...created, ...removed];
    await keep(context, await look(context, users, signal), notes);
  });
});

async function look(context: Context, users: Users, signal: AbortSignal): Promise<Comparison> {
  return compare(await users.all(signal), await readMembers(context.crm), context.config);
}

async function change(
  context: Context,
  users: Users,
  { pairs }: Comparison,
  signal: AbortSignal,
): Promise<DeliveryNote[]> {
  const notes: DeliveryNote[] = [];
  for (const pair of pairs) {
    const fields = fieldsOf(pair);
    const names = Object.keys(fields);
    if (names.length === 0) continue;
    try {
      await users.change(pair.userId, fields, signal);
      notes.push(note('done', `Extension ${pair.extension} in 3CX: ${names.join(', ')} taken over from the CRM.`));
    } catch (error) {
      // One user that 3CX does not want changed keeps nobody else from it.
      if (!(error instanceof RefusedError) || error.code !== 'refused') throw error;
      context.log.warn({ extension: pair.extension, err: error }, '3CX refused to change a user');
      notes.push(note('failed', `Extension ${pair.extension}: 3CX refused to change ${names.join(', ')}.`));
    }
  }
  return notes;
}

/** The extension of the new user comes into the member's profile; 3CX sends no welcome unless its administrator does. */
async function addUsers(
  context: Context,
  users: Users,
  { onlyInCrm }: Comparison,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<DeliveryNote[]> {
  const members = (await readMembers(context.crm)).filter(
    ({ id }) => keys.includes(id) && onlyInCrm.some(({ key }) => key === id),
  );
  const notes: DeliveryNote[] = [];
  for (const { id, firstName, lastName, email } of members) {
    try {
      const made = { FirstName: firstName, LastName: lastName, EmailAddress: email };
      const extension = await users.create(made, signal);
      await context.commit({ writes: [{ object: 'workspaceMember', id, fields: { extension } }] });
      notes.push(note('done', `Extension ${extension} was created in 3CX for a member of the CRM.`));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'refused') throw error;
      context.log.warn({ memberId: id, err: error }, '3CX refused to create a user');
      notes.push(note('failed', '3CX refused to create an extension for a member of the CRM.'));
    }
  }
  return notes;
}

async function removeUsers(
  users: Users,
  { onlyInThreecx }: Comparison,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<DeliveryNote[]> {
  const notes: DeliveryNote[] = [];
  for (const { key, extension } of onlyInThreecx.filter((one) => keys.includes(one.key))) {
    const refusal = await users.remove(Number(key), signal);
    notes.push(
      refusal === undefined
        ? note('done', `Extension ${extension} was deleted in 3CX, as was confirmed.`)
        : note('failed', `Extension ${extension} was not deleted; 3CX says: ${refusal}.`),
    );
  }
  return notes;
}

function memberWrites(pair: Pair): CrmWrite[] {
  const changes = differencesIn(pair, 'crm');
  if (changes.length === 0) return [];
  const right = new Map(changes.map(({ field, threecx }) => [field, threecx]));
  const extension = right.get('extension');
  const name = {
    ...(right.has('firstName') ? { firstName: right.get('firstName') } : {}),
    ...(right.has('lastName') ? { lastName: right.get('lastName') } : {}),
  };
  const fields = {
    ...(extension === undefined ? {} : { extension }),
    ...(Object.keys(name).length === 0 ? {} : { name }),
  };
  return [{ object: 'workspaceMember', id: pair.memberId, fields }];
}

function memberNotes(pair: Pair): DeliveryNote[] {
  const fields = differencesIn(pair, 'crm').map(({ field }) => field);
  if (fields.length === 0) return [];
  return [
    note('done', `Member with extension ${pair.extension} in the CRM: ${fields.join(', ')} taken over from 3CX.`),
  ];
}

function differencesIn({ differences }: Pair, side: Difference['change']): Difference[] {
  return differences.filter(({ change: changing }) => changing === side);
}

const NAMES = { firstName: 'FirstName', lastName: 'LastName', email: 'EmailAddress' } as const;

function fieldsOf(pair: Pair): UserFields {
  const changes = differencesIn(pair, 'threecx');
  return Object.fromEntries(changes.flatMap(({ field, crm }) => (field === 'extension' ? [] : [[NAMES[field], crm]])));
}

async function keep({ commit, clock }: Context, compared: Comparison, notes: readonly DeliveryNote[]): Promise<void> {
  const now = clock.now();
  const value = stored.parse({ ...compared, at: new Date(now).toISOString() });
  await commit({ store: [{ key: COMPARISON_KEY, value, expiresAt: new Date(now + KEPT_MS) }], notes });
}

const outdated = note(
  'rejected',
  'Agents were not changed: the differences are others than those that were shown. Look at them again.',
);

function note(result: DeliveryNote['result'], summary: string): DeliveryNote {
  return { direction: 'out', kind: 'agent', result, summary };
}
