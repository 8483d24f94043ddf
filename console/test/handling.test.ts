import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  callAnswered,
  callEnded,
  definePlugin,
  event,
  type JournalInput,
  type PluginContext,
} from '@switchboard/core/contract';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, type Person, signInAs, type World } from './world.ts';

/** The Handling tab of a case: a call, a mail, a note and a change made in Twenty appear in it by themselves. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
let world: World;
let page: Page;
/** Works in Twenty. */
let sam: Person;
let complaints: string[];
let caseId: string;
const contexts: PluginContext[] = [];

/** Tells what a telephone system and a mailbox tell. */
const postbox = definePlugin({
  id: 'postbox',
  contract: 1,
  name: 'Postbox',
  summary: 'Stands in for telephone and mail.',
  config: z.object({}),
  setup: (context) => void contexts.push(context),
  check: async () => [],
});

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [desk, postbox] });
  const robin = await world.join('Robin', 'Agent');
  sam = await world.join('Sam', 'Agent', false);
  const { admin } = world.hub.hub;
  for (const plugin of [desk, postbox]) await admin.plugins.enable(TEST_TENANT, plugin.id, {}, 'test');
  await world.hub.api('POST', `/tenants/${TEST_TENANT}/plugins/postbox/check`);
  const personId = await create('person', { name: { firstName: 'Anna', lastName: 'Example' } });
  const subject = 'Lift stands still';
  const nextStep = 'Send the fitter';
  caseId = await create('serviceCase', { name: subject, subject, status: 'OPEN', personId, nextStep });
  await world.mirrored();
  page = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  complaints = complaintsOf(page);
  await signInAs(page, robin);
}, 240_000);
afterAll(async () => await world?.close(), 60_000);

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

const context = (): PluginContext => {
  const last = contexts.at(-1);
  if (last === undefined) throw new Error('The postbox was not set up');
  return last;
};

const line = (text: string | RegExp) => page.locator('.journal li').filter({ hasText: text });

async function call(): Promise<void> {
  const callId = await create('phoneCall', { name: 'Call', direction: 'INBOUND', serviceCaseId: caseId });
  await waitFor(
    'the record of the call',
    async () => (await context().crm.get('phoneCall', callId)) !== undefined,
    30_000,
  );
  const now = new Date().toISOString();
  const about = { callId, direction: 'INBOUND' as const, phoneNumber: '+31201234567', startedAt: now };
  const nobody = { personId: null, companyId: null, locationId: null };
  const answered = { ...about, ...nobody, answeredAt: now, agentExtension: '101' };
  const ended = { ...about, ...nobody, outcome: 'ANSWERED' as const, durationSeconds: 67, agentExtension: '101' };
  await context().commit({ events: [event(callAnswered, answered, callId), event(callEnded, ended, `${callId}/end`)] });
}

async function mail(subject: string): Promise<void> {
  const entry: JournalInput = {
    key: `mail/${randomUUID()}`,
    kind: 'MAIL_RECEIVED',
    at: new Date(),
    actor: { kind: 'CUSTOMER', name: 'Anna Example' },
    source: 'mail',
    subjects: [{ object: 'serviceCase', id: caseId }],
    details: { subject, from: 'anna@example.net' },
  };
  await context().commit({ journal: [entry] });
}

async function changeInTwenty(data: object): Promise<void> {
  const { twenty } = world.hub;
  const client = createTwentyClient(twenty.url, await signIn(twenty.url, sam));
  const query = `mutation M($id: UUID!, $data: ServiceCaseUpdateInput!) { updateServiceCase(id: $id, data: $data) { id } }`;
  await client.records(query, { id: caseId, data });
}

inBrowser('the Handling tab', () => {
  test('shows what is next, and what happens as it happens, in order and without a reload', async () => {
    await page.goto(`/console/${TEST_TENANT}/cases/${caseId}`);
    await page.getByRole('tab', { name: 'Handling', selected: true }).waitFor();
    await page.getByText('Send the fitter').first().waitFor();
    await page.getByText('Nobody waits for an answer.').waitFor();
    await line('opened it').waitFor();
    await page.evaluate(() => Object.assign(globalThis, { stayed: true }));

    await page.getByLabel('Add a note').fill('Third floor only');
    await page.getByRole('button', { name: 'Add note' }).click();
    await line('Robin Example noted').getByText('Third floor only').waitFor();
    await call();
    await line(/ended a call/)
      .getByText('+31201234567 · 1:07')
      .waitFor();
    await mail('Still stuck');
    await line('Anna Example wrote a mail').getByText('Still stuck').waitFor();
    await changeInTwenty({ status: 'IN_PROGRESS' });
    const changed = line('Sam Example changed the status');
    await changed.getByText('In progress').waitFor();
    expect(await changed.innerText()).toMatch(/Twenty[\s\S]*Status\s*Open\s*In progress/);

    const all = (await page.locator('.journal li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    const order = ['changed the status', 'wrote a mail', 'ended a call', 'answered a call', 'noted', 'opened it'];
    const places = order.map((words) => all.findIndex((text) => text.includes(words)));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(await page.evaluate(() => 'stayed' in globalThis)).toBe(true);
  }, 180_000);

  test('is filtered by kind and by whom, and says how far its chain was checked', async () => {
    await page.getByText('Notes 1', { exact: true }).click();
    await line('wrote a mail').waitFor({ state: 'detached' });
    expect(await page.locator('.journal li').count()).toBe(1);
    await page.getByText('Notes 1', { exact: true }).click();
    await page.getByLabel('By whom').selectOption({ label: 'Customer' });
    await line('noted').waitFor({ state: 'detached' });
    expect(await page.locator('.journal li').allInnerTexts()).toEqual([expect.stringContaining('wrote a mail')]);
    await page.getByLabel('By whom').selectOption({ label: 'Everybody' });
    await line('noted').waitFor();
    await page.getByText('Not checked yet').waitFor();
    const { hub, tenantId } = world.hub;
    expect(await hub.admin.journal.verify(tenantId)).toMatchObject({ isIntact: true });
    await mail('And again');
    await page.getByText(/Unbroken up to entry \d+, checked/).waitFor();
    expect(await lookAllRound(page, 'case-handling')).toEqual(nothingFound);
    expect(complaints).toEqual([]);
  }, 120_000);
});
