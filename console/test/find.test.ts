import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CallRequest, definePlugin, offer, telephony } from '@switchboard/core/contract';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { MOST_SHIFT, noteShifts, opened, shiftOf } from './pages/look.ts';
import { windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/** Search, my day, and the pages of people, companies and locations: a journey by keyboard, and a look at each. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
const NUMBER = '+31201234567';
const called: CallRequest[] = [];
const accept = async (request: CallRequest) => {
  called.push(request);
  return { requestId: request.requestId };
};
const refuse = async () => await Promise.reject(new Error('Nobody asks for that here'));

/** A telephone system that remembers whom it was told to call. */
const phone = definePlugin({
  id: 'phone',
  contract: 1,
  name: 'Telephone',
  summary: 'Remembers calls.',
  config: z.object({}),
  capabilities: () => [offer(telephony, { call: accept, hangUp: refuse, transfer: refuse })],
  check: async () => [],
});

const mail = { id: '7d1c8a52-6d0e-4f6b-9f5e-0a4f5e3d2c1b', subject: 'Re: the lift', fromName: 'Pat Müller' };
const unclear = { ...mail, fromAddress: 'pat@example.net', excerpt: 'From my private address: it still stands.' };

/** A mailbox in which one reply waits for somebody to look at it. */
const postbox = definePlugin({
  id: 'mail',
  contract: 1,
  name: 'Mail',
  summary: 'Has one mail that nobody can place.',
  config: z.object({}),
  memberRoutes: [
    {
      method: 'GET',
      path: '/look',
      summary: 'Mails that need a look',
      handle: async () => ({
        body: { unverified: [{ ...unclear, at: ago(2), relatedCaseId: ids['case'] }], floods: [] },
      }),
    },
  ],
  check: async () => [],
});

let world: World;
let page: Page;
const ids: Record<string, string> = {};

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [desk, phone, postbox] });
  await fill();
  for (const id of ['service-desk', 'phone', 'mail'])
    await world.hub.hub.admin.plugins.enable(TEST_TENANT, id, {}, 'test');
  page = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  await noteShifts(page);
  await signInAs(page, world.admin);
  await waitFor('the mirror', isCopied, 60_000);
}, 180_000);
afterAll(async () => await world?.close());

/** Whether what the plugin reads has been copied since it said so. */
async function isCopied(): Promise<boolean> {
  const { rows } = await world.hub.hub.database.pool.query<{ object: string }>(
    `select distinct object from crm_record
     where data ?| array['jobTitle', 'accessNotes', 'domainName', 'endsOn', 'severity', 'noteId', 'assigneeId', 'agentId']`,
  );
  return rows.length === 8;
}

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

async function fill(): Promise<void> {
  const company = await create('company', { name: 'Harbour Housing' });
  const location = await create('location', {
    name: 'Quay Tower',
    companyId: company,
    accessNotes: 'Key at the porter of number 4',
    siteAddress: { addressStreet1: '12 Quay', addressPostcode: '1011 AB', addressCity: 'Amsterdam' },
  });
  const person = await create('person', {
    name: { firstName: 'Pat', lastName: 'Müller' },
    jobTitle: 'Caretaker',
    phones: { primaryPhoneNumber: NUMBER, additionalPhones: [] },
    emails: { primaryEmail: 'pat@example.com', additionalEmails: [] },
    companyId: company,
    locationId: location,
  });
  const promise = { serviceLevel: 'PREMIUM', responseMinutes: 60, resolveMinutes: 480, supportHours: 'ALWAYS' };
  await create('contract', { name: 'Full service', status: 'ACTIVE', companyId: company, ...promise });
  const links = { personId: person, companyId: company, locationId: location };
  const { workspaceMembers } = (await world.hub.crm.records('{ workspaceMembers { edges { node { id } } } }')) as {
    workspaceMembers: { edges: { node: { id: string } }[] };
  };
  const assigneeId = workspaceMembers.edges[0]?.node.id;
  const open = { status: 'OPEN', assigneeId, ...links };
  const stuck = { number: 'C-000120', subject: 'Elevator stands still on the third floor', priority: 'URGENT' };
  ids['case'] = await create('serviceCase', { ...open, ...stuck, openedAt: ago(30), resolveDueAt: ago(2) });
  const lamp = { number: 'C-000121', subject: 'Lamp in the hall' };
  await create('serviceCase', { ...open, ...lamp, openedAt: ago(4), resolveDueAt: ago(-30) });
  const call = { direction: 'INBOUND', phoneNumber: NUMBER, ...links };
  await create('phoneCall', { ...call, outcome: 'MISSED', startedAt: ago(1) });
  const talk = { outcome: 'ANSWERED', durationSeconds: 247, agentName: 'Robin', agentId: assigneeId };
  await create('phoneCall', { ...call, ...talk, startedAt: ago(26) });
  const fault = { number: 'M-000007', title: 'Elevators in the harbour', status: 'IN_REPAIR' };
  await create('malfunction', { ...fault, companyId: company, locationId: location });
  const body = { bodyV2: { markdown: 'Not before nine.' } };
  const note = await create('note', { title: 'Prefers calls in the morning', ...body });
  await create('noteTarget', { noteId: note, targetPersonId: person });
  Object.assign(ids, { person, company, location });
}

const goTo = async (path: string, title: string) => {
  await page.goto(`/console/${TEST_TENANT}/${path}`);
  await opened(page, title);
};

inBrowser('the desk', () => {
  test('a number is searched, its person opened and called, and a reminder set, by keyboard', async () => {
    await goTo('day', 'My day');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('020 123 45 67');
    await page.getByRole('option', { name: /Call \+31 20 123 4567/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Pat Müller' }).waitFor();

    await page.getByRole('button', { name: 'Call: Call +31 20 123 4567' }).click();
    await page.getByText('Your telephone rings').waitFor();
    expect(called).toMatchObject([{ number: NUMBER }]);

    await page.getByRole('button', { name: 'Remind me', exact: true }).click();
    await page.getByLabel('What about?').fill('Ask about the elevator');
    await page.getByLabel('When').fill('2026-01-02T09:00');
    await page.keyboard.press('Enter');
    await page.getByText('The reminder is set.').waitFor();
  }, 120_000);

  test('my day counts who waits, calls back, and lets go of what is done', async () => {
    await goTo('day', 'My day');
    await page.getByRole('link', { name: /My day\s*2/ }).waitFor();
    await page.getByRole('button', { name: /^Call back/ }).click();
    await waitFor('the call', async () => called.length === 2);
    await page.getByRole('button', { name: 'Done: Ask about the elevator' }).click();
    await page.getByText('Nothing to be reminded of').waitFor();
    await page.getByRole('link', { name: /My day\s*1/ }).waitFor();
  }, 120_000);

  test('my day shows the mail that needs a look, and leads to its case', async () => {
    await goTo('day', 'My day');
    await page.getByText('From my private address: it still stands.').waitFor();
    await page.getByText('Pat Müller <pat@example.net>').waitFor();
    await page.getByRole('link', { name: 'Re: the lift' }).click();
    await page.getByRole('heading', { level: 1, name: /C-000120/ }).waitFor();
    // No telephone system shows its calls here, so there is no place for them, and no line that could be lost.
    expect(await page.getByRole('complementary', { name: 'Calls' }).count()).toBe(0);
  }, 60_000);

  test.each([
    ['day', 'day', 'My day'],
    ['person', 'people/person', 'Pat Müller'],
    ['company', 'companies/company', 'Harbour Housing'],
    ['location', 'locations/location', 'Quay Tower'],
    ['person-unknown', 'people/00000000-0000-4000-8000-000000000000', 'There is no such record'],
  ])(
    '%s can be used by everybody',
    async (name, path, title) => {
      const complaints = complaintsOf(page);
      await goTo(
        path.replace(/(?<=\/)[a-z]+$/, (object) => ids[object] ?? object),
        title,
      );
      const shift = await shiftOf(page);
      expect(await lookAllRound(page, name)).toEqual(nothingFound);
      expect(shift).toBeLessThan(MOST_SHIFT);
      expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    },
    120_000,
  );

  test.each([
    ['calls', 'Calls'],
    ['malfunctions', 'Malfunctions'],
    ['malfunctions?view=map', 'Malfunctions'],
  ])(
    'nothing jumps while %s comes',
    async (path, title) => {
      await goTo(path, title);
      expect(await shiftOf(page)).toBeLessThan(MOST_SHIFT);
    },
    120_000,
  );

  test('search can be used by everybody', async () => {
    await goTo('day', 'My day');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('har');
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').allTextContents()).toContainEqual(expect.stringContaining('Harbour Housing'));
    expect(await lookAllRound(page, 'search')).toEqual(nothingFound);
  }, 120_000);
});
