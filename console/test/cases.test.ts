import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { windows } from './pages/picture.ts';
import { browserPath, openWindow, openWorld, signInAs, type World } from './world.ts';

/** What was promised for a case, cases that become one and two again, and the hours of business that an administrator sets. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
let world: World;
let page: Page;
let caseId: string;

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [desk] });
  await world.hub.hub.admin.plugins.enable(TEST_TENANT, desk.id, { levelWithoutContract: 'STANDARD' }, 'test');
  await world.mirrored();
  const locationId = await create('location', { name: 'West wing' });
  const openedAt = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const about = { status: 'OPEN', locationId, openedAt };
  await create('serviceCase', { name: 'No light in the hall', subject: 'No light in the hall', ...about });
  caseId = await create('serviceCase', { name: 'Light is out', subject: 'Light is out', ...about });
  page = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  await signInAs(page, world.admin);
}, 240_000);
afterAll(async () => await world?.close());

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

inBrowser('a case', () => {
  test('shows what is overdue, becomes one with another, and is on its own again', async () => {
    await page.goto(`/console/${TEST_TENANT}/cases/${caseId}`);
    await page.getByRole('heading', { level: 1, name: /Light is out/ }).waitFor();
    await page
      .getByText(/overdue since/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('combobox', { name: 'Other case' }).fill('No light');
    await page.getByRole('option', { name: /No light in the hall/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /No light in the hall/ }).waitFor();
    await page.getByText('Merged into this one').waitFor();
    expect(await lookAllRound(page, 'case-merged')).toEqual(nothingFound);
    await page.getByRole('button', { name: /Take the merge back/ }).click();
    await page.getByText('They are two cases again.').waitFor();
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('combobox', { name: 'Other case' }).fill('Light is out');
    await page.getByRole('option', { name: /Light is out/ }).click();
    expect(await lookAllRound(page, 'case-link')).toEqual(nothingFound);
    await page.getByRole('dialog').getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('Related', { exact: true }).waitFor();
  }, 180_000);

  test('is due by the hours and holidays that an administrator sets', async () => {
    await page.goto(`/console/${TEST_TENANT}/plugins/service-desk`);
    const hours = page.getByRole('group', { name: 'When promised times count' });
    await hours.waitFor();
    await hours.getByRole('textbox', { name: 'Business hours, Friday, to' }).fill('15:00');
    await hours.getByRole('button', { name: 'Add hours: Business hours, Saturday' }).click();
    await hours.getByRole('button', { name: 'Add a holiday' }).click();
    await hours.getByLabel('Date 1').fill('2026-12-25');
    await hours.getByLabel('Name 1').fill('Christmas');
    await hours.getByRole('checkbox', { name: 'Every year' }).check();
    expect(await lookAllRound(page, 'service-desk-settings')).toEqual(nothingFound);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The settings are saved').first().waitFor();
    await page.reload();
    await page.getByLabel('Name 1').waitFor();
    expect(await page.getByRole('textbox', { name: 'Business hours, Friday, to' }).inputValue()).toBe('15:00');
    expect(await page.getByRole('textbox', { name: 'Business hours, Saturday, from' }).inputValue()).toBe('08:00');
  }, 120_000);
});
