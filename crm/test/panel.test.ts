import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, type TestHub } from '@switchboard/testing/hub';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';

import { builtOnce, bundleOf, type Built, HUB } from './built.ts';
import { openPanel, type PanelContext, type PanelPage } from './panel-page.ts';

const browserPath = findBrowser();
const browserTest = browserPath === undefined ? test.skip : test;
/** Where pictures of the panel go, for people to look at. */
const pictures = process.env['PANEL_PICTURES'];

const company = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1b01';
const person = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1b02';
const PATIENCE = { timeout: 20_000 };

let hub: TestHub;
let built: Built;
let browser: Browser;
let token: string;
let opened: PanelPage | undefined;

async function create(plural: string, type: string, data: readonly object[]): Promise<void> {
  const query = `mutation Make($data: [${type}CreateInput!]!) { create${plural}(data: $data) { id } }`;
  await hub.crm.records(query, { data });
}

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

beforeAll(async () => {
  if (browserPath === undefined) return;
  hub = await startTestHub();
  [built, browser] = await Promise.all([builtOnce(), startBrowser(browserPath)]);
  token = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  await create('Companies', 'Company', [{ id: company, name: 'Example Works' }]);
  await create('People', 'Person', [{ id: person, name: { firstName: 'Pat', lastName: 'Example' } }]);
  const call = { direction: 'INBOUND', phoneNumber: '+442079460123', companyId: company };
  await create('PhoneCalls', 'PhoneCall', [
    {
      ...call,
      externalKey: 'c1',
      outcome: 'ANSWERED',
      startedAt: hoursAgo(30),
      durationSeconds: 247,
      agentName: 'Robin Example',
    },
    { ...call, externalKey: 'c2', outcome: 'MISSED', startedAt: hoursAgo(60), durationSeconds: 0 },
  ]);
  await create('ServiceCases', 'ServiceCase', [
    {
      number: 'C-000120',
      subject: 'Heating is cold',
      status: 'WAITING_FOR_CUSTOMER',
      priority: 'URGENT',
      resolveDueAt: hoursAgo(5),
      companyId: company,
    },
  ]);
  await waitFor('the mirror', async () => (await hub.hub.crm.reader(hub.tenantId).count('serviceCase')) === 1);
  await waitFor('calls in the mirror', async () => (await hub.hub.crm.reader(hub.tenantId).count('phoneCall')) === 2);
}, 180_000);

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
});

async function open(
  object: string,
  context: Partial<PanelContext>,
  picture: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<PanelPage> {
  const bundle = bundleOf(built, `${object}-panel`).replaceAll(HUB, hub.url);
  opened = await openPanel(browser, { bundle, token, recordIds: [company], ...context }, prepare);
  await opened.panel.locator('section, [role=alert]').first().waitFor(PATIENCE);
  if (pictures !== undefined) await opened.page.screenshot({ path: join(pictures, `panel-${picture}.png`) });
  return opened;
}

describe('the panel in a browser', () => {
  browserTest(
    'shows calls, cases and the state of the hub, and goes to a record by keyboard',
    async () => {
      const { panel, page, visited } = await open('company', {}, 'english');
      const calls = panel.getByRole('region', { name: 'Recent calls' });
      expect(await calls.innerText()).toMatch(/Inbound\n*Answered\n*\+442079460123 · with Robin Example · 4:07/s);
      expect(await calls.getByRole('listitem').count()).toBe(2);
      const cases = panel.getByRole('region', { name: 'Open cases' });
      expect(await cases.innerText()).toMatch(
        /C-000120 Heating is cold\s*Waiting for customer\s*Urgent\s*overdue since/,
      );
      expect(await panel.getByRole('region', { name: 'State' }).innerText()).toContain(
        'The hub is connected to Twenty.',
      );
      expect(await panel.getByRole('status').innerText()).toMatch(/As of today/);

      const links = await panel.locator('li').getByRole('link').all();
      expect(links).toHaveLength(3);
      for (const link of links) {
        await page.keyboard.press('Tab');
        // The frame is a process of its own: a key that is pressed before the focus is there goes to the page around it.
        await link.and(panel.locator(':focus')).waitFor(PATIENCE);
      }
      await page.keyboard.press('Enter');
      await waitFor('the way to the record', async () => (await visited()).length > 0);
      expect((await visited()).flat()).toMatchObject([
        '/object/:objectNameSingular/:objectRecordId',
        { objectNameSingular: 'serviceCase' },
        undefined,
        undefined,
      ]);
    },
    60_000,
  );

  browserTest.each([
    ['nl-NL', 'dark', 'Recente gesprekken', 'Wacht op klant', 'te laat sinds'],
    ['de-DE', 'light', 'Letzte Anrufe', 'Wartet auf Kunden', 'überfällig seit'],
  ] as const)(
    'speaks %s in %s',
    async (locale, colorScheme, ...words) => {
      const { panel } = await open('company', { locale, colorScheme }, `${locale}-${colorScheme}`);
      const text = await panel.locator('#root').innerText();
      for (const word of words) expect(text).toContain(word);
    },
    60_000,
  );

  browserTest(
    'says so when there is nothing',
    async () => {
      const { panel } = await open('person', { recordIds: [person] }, 'empty');
      expect(await panel.locator('#root').innerText()).toMatch(/No calls yet\.[^]*No open cases\./);
    },
    60_000,
  );

  browserTest(
    'goes on with a fresh token when the old one is not accepted any more',
    async () => {
      const { panel } = await open('company', { token: 'outdated', freshToken: token }, 'renewed');
      expect(await panel.getByRole('region', { name: 'Recent calls' }).isVisible()).toBe(true);
    },
    60_000,
  );

  browserTest(
    'says that the session has expired when there is no fresh token',
    async () => {
      const { panel } = await open('company', { token: 'outdated' }, 'expired');
      expect(await panel.getByRole('alert').innerText()).toContain('Your session has expired.');
    },
    60_000,
  );

  browserTest(
    'says that the hub does not know this workspace when a fresh token does not help',
    async () => {
      const { panel } = await open('company', { token: 'outdated', freshToken: 'fresh-but-strange' }, 'unknown');
      expect(await panel.getByRole('alert').innerText()).toContain('The hub does not accept you.');
    },
    60_000,
  );

  browserTest.each([
    [403, 'You may not see this.'],
    [429, 'That was a little too often.'],
    [500, 'The hub could not answer.'],
    [undefined, 'The hub cannot be reached.'],
  ])(
    'explains %s, and tries again when asked',
    async (status, words) => {
      const { panel, page } = await open('company', {}, `problem-${status ?? 'none'}`, async (prepared) => {
        await prepared.route('**/panel/v1/**', async (route) => await answerWith(route, status));
      });
      expect(await panel.getByRole('alert').innerText()).toContain(words);
      await page.unroute('**/panel/v1/**');
      await panel.getByRole('button', { name: 'Try again' }).click();
      await panel.getByRole('region', { name: 'Recent calls' }).waitFor(PATIENCE);
      expect(await panel.getByRole('alert').count()).toBe(0);
    },
    60_000,
  );
});

async function answerWith(route: Route, status: number | undefined): Promise<void> {
  if (status === undefined) return await route.abort('connectionrefused');
  const headers = { 'access-control-allow-origin': 'null', 'access-control-allow-headers': 'authorization' };
  await route.fulfill({ status, headers });
}
