import { afterEach, expect, test } from '@jest/globals';
import type { Route } from '@switchboard/core/contract';
import type { Comparison } from '../../agents/compare.ts';
import type { Config } from '../../config.ts';
import { agentRoutes } from '../../routes/agents.ts';
import type { Context } from '../../services.ts';
import { request } from '../fake-context.ts';
import { ids } from '../fixtures.ts';
import { createWorker } from '../recordings/work.ts';
import { withPbx } from '../with-pbx.ts';

const opened: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const ben = {
  id: ids.member,
  userEmail: 'Ben.Demo@example.com',
  extension: '102',
  name: { firstName: 'Benno', lastName: 'Demo' },
};
const stranger = {
  id: ids.other,
  userEmail: 'new@example.com',
  extension: '',
  name: { firstName: 'Noa', lastName: 'New' },
};

async function open(settings: Partial<Config> = {}) {
  const { pbx, context } = await withPbx({ workspaceMember: [ben, stranger] }, { agentNames: 'crm', ...settings });
  opened.push(pbx);
  const user = pbx.directory.users.byNumber('102');
  if (user === undefined) throw new Error('the stand-in has no 102');
  pbx.directory.users.change(user.Id, { EmailAddress: 'ben.demo@example.com', FirstName: 'Ben', LastName: 'Demo' });
  const ask = async (path: string, body?: object) => {
    const asked = request(path, body === undefined ? {} : { body });
    const route = agentRoutes.find((one) => one.path === path && one.method === asked.method) as Route<Context>;
    context.advance(5000);
    const reply = await route.handle(context, asked, AbortSignal.timeout(10_000));
    await createWorker(context)
      .settle()
      .catch((error: unknown) => error);
    return reply.body as { comparison: Comparison };
  };
  const shown = async () => (await ask('/agents')).comparison;
  return { pbx, context, ask, shown, ben102: () => pbx.directory.users.byNumber('102') };
}

test('a comparison changes nothing, and applying it changes exactly what it told', async () => {
  const { ask, shown, ben102, pbx } = await open();
  const before = JSON.stringify(pbx.directory.users.all());
  const groups = () => JSON.stringify(pbx.directory.departments.membershipsOf('102'));
  const groupsBefore = groups();
  await ask('/agents/compare', {});
  const { id, pairs } = await shown();
  expect(pairs).toMatchObject([{ differences: [{ field: 'firstName', crm: 'Benno', threecx: 'Ben' }] }]);
  expect(JSON.stringify(pbx.directory.users.all())).toBe(before);
  await ask('/agents/apply', { id });
  expect(ben102()).toMatchObject({ FirstName: 'Benno', LastName: 'Demo', Number: '102' });
  expect(groups()).toBe(groupsBefore);
  expect((await shown()).pairs).toMatchObject([{ differences: [] }]);
});

test('where 3CX wins, the member is changed, and 3CX is not', async () => {
  const { ask, shown, ben102, pbx, context } = await open({ agentNames: '3cx' });
  pbx.directory.users.change(ben102()?.Id ?? 0, { EmailAddress: 'new@example.com', LastName: 'Nieuw' });
  const before = JSON.stringify(pbx.directory.users.all());
  await ask('/agents/compare', {});
  expect(context.records.size).toBe(0);
  await ask('/agents/apply', { id: (await shown()).id });
  expect([...context.records.values()]).toEqual([
    {
      object: 'workspaceMember',
      id: ids.other,
      extension: '102',
      name: { firstName: 'Ben', lastName: 'Nieuw' },
    },
  ]);
  expect(JSON.stringify(pbx.directory.users.all())).toBe(before);
  expect(context.notes).toMatchObject([{ summary: expect.stringContaining('extension') }]);
});

test('what has changed since it was shown is not applied', async () => {
  const { ask, shown, ben102, pbx, context } = await open();
  await ask('/agents/compare', {});
  const { id } = await shown();
  pbx.directory.users.change(ben102()?.Id ?? 0, { FirstName: 'Bennie' });
  await ask('/agents/apply', { id });
  expect(ben102()?.FirstName).toBe('Bennie');
  expect(context.notes.at(-1)).toMatchObject({ kind: 'agent', result: 'rejected' });
  await expect(ask('/agents/apply', { id })).rejects.toMatchObject({ code: 'conflict' });
});

test('who is on one side alone is created or deleted in 3CX when named, and nobody else', async () => {
  const { ask, shown, pbx, context } = await open();
  await ask('/agents/compare', {});
  const { id, onlyInThreecx } = await shown();
  const leaver = onlyInThreecx.find(({ extension }) => extension === '105');
  await ask('/agents/apply', { id, create: [stranger.id], remove: [leaver?.key] });
  const users = pbx.directory.users.all();
  expect(users.find(({ Number: number }) => number === '105')).toBeUndefined();
  const made = users.find(({ EmailAddress }) => EmailAddress === 'new@example.com');
  expect(made).toMatchObject({ FirstName: 'Noa', LastName: 'New' });
  expect(users).toHaveLength(onlyInThreecx.length + 1);
  expect(context.records.get(stranger.id)).toMatchObject({ extension: made?.Number });
  expect(context.notes.map(({ summary }) => summary).join(' ')).toMatch(/created in 3CX.*105 was deleted/);
});

test('a name that the comparison does not list there is refused, and nothing is done', async () => {
  const { ask, shown, pbx } = await open();
  await ask('/agents/compare', {});
  const { id } = await shown();
  const user102 = String(pbx.directory.users.byNumber('102')?.Id);
  await expect(ask('/agents/apply', { id, remove: [user102] })).rejects.toMatchObject({ field: 'body.remove' });
  await expect(ask('/agents/apply', { id, create: [ben.id] })).rejects.toMatchObject({ field: 'body.create' });
  expect(pbx.directory.users.byNumber('102')).toBeDefined();
});

test('nobody is created or deleted unasked, and who is on one side alone is listed', async () => {
  const { ask, shown, pbx } = await open();
  const count = pbx.directory.users.all().length;
  await ask('/agents/compare', {});
  await ask('/agents/apply', { id: (await shown()).id });
  expect(pbx.directory.users.all()).toHaveLength(count);
  expect(await shown()).toMatchObject({ onlyInCrm: [{ email: 'new@example.com' }] });
});

test('passwords are neither read nor kept', async () => {
  const { ask, context } = await open();
  await ask('/agents/compare', {});
  const kept = JSON.stringify([await context.store.range('', '~', 1000), context.notes]);
  expect(kept).not.toMatch(/secret-|4711|Password/);
});

test('presence is read and set, to profiles that there are', async () => {
  const { ask, shown, ben102, context } = await open();
  await ask('/agents/profile', { extension: '102', profile: 'Away' });
  expect(ben102()?.CurrentProfileName).toBe('Away');
  await ask('/agents/profile', { extension: '102', profile: 'On the moon' });
  expect(ben102()?.CurrentProfileName).toBe('Away');
  expect(context.notes.at(-1)).toMatchObject({ result: 'failed', summary: expect.stringContaining('Available') });
  await ask('/agents/compare', {});
  expect((await shown()).pairs).toMatchObject([{ profile: 'Away' }]);
});

test('without the licence the channel is off and nothing is shown; without a client it is refused', async () => {
  const { ask, pbx, context } = await open();
  pbx.settings.change({ licence: 'Professional' });
  await ask('/agents/compare', {});
  expect(await context.services.channels.state('agents')).toMatchObject({ state: 'off' });
  const without = await open({ syncClientId: undefined, syncSecret: undefined });
  await expect(without.ask('/agents/compare', {})).rejects.toMatchObject({ code: 'refused' });
});
