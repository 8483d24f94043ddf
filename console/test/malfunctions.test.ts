import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { settled, violationsOn } from './pages/look.ts';
import { windows } from './pages/picture.ts';
import { browserPath, openWindow, openWorld, signInAs, type World } from './world.ts';

/** Two reports about one fault: put into a folder, ended with it, and taken back. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
let world: World;
let page: Page;
let locationId: string;

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [desk] });
  const robin = await world.join('Robin', 'Agent');
  await world.hub.hub.admin.plugins.enable(TEST_TENANT, desk.id, {}, 'test');
  await world.mirrored();
  const siteAddress = { addressCity: 'Rotterdam', addressLat: 51.9, addressLng: 4.48 };
  locationId = await create('location', { name: 'West wing', siteAddress });
  await create('company', { name: 'Harbour Housing' });
  for (const subject of ['Lift stuck between floors', 'The lift stands still']) {
    const openedAt = new Date().toISOString();
    await create('serviceCase', { name: subject, subject, status: 'OPEN', locationId, openedAt });
  }
  page = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  await signInAs(page, robin);
}, 240_000);
afterAll(async () => await world?.close());

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

const section = (name: string) => page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });

inBrowser('malfunctions', () => {
  test('a folder is opened, and gets what belongs there', async () => {
    await page.goto(`/console/${TEST_TENANT}/malfunctions`);
    await page.getByRole('button', { name: 'New malfunction' }).click();
    await page.getByLabel('What is wrong').fill('Lift stands still');
    await page.getByRole('combobox', { name: 'Where' }).fill('West');
    await page.getByRole('option', { name: 'West wing' }).click();
    await page.getByRole('button', { name: 'Open malfunction' }).click();
    await page.getByRole('heading', { level: 1, name: /Lift stands still/ }).waitFor();
    const suggested = page.getByRole('button', { name: /^Put in: / });
    await suggested.nth(1).waitFor();
    expect(await suggested.count()).toBe(2);
    expect(await lookAllRound(page, 'malfunction')).toEqual(nothingFound);
    // By the mouse, and by the keyboard.
    const members = section('Calls and cases');
    await section('May belong here').getByRole('listitem').first().dragTo(members.locator('.drop-here'));
    await page.getByText('put in by').first().waitFor();
    await suggested.nth(1).waitFor({ state: 'detached' });
    await suggested.first().press('Enter');
    await page.getByText('put in by').nth(1).waitFor();
    await suggested.first().waitFor({ state: 'detached' });
    // Out by the mouse, and in again; then both at once, out and in.
    await members.getByRole('listitem').first().dragTo(section('May belong here').locator('.drop-here'));
    await suggested.first().waitFor();
    await suggested.first().press('Enter');
    await page.getByText('put in by').nth(1).waitFor();
    for (const [part, deed] of [
      ['Calls and cases', 'Take 2 out'],
      ['May belong here', 'Put 2 in'],
    ] as const) {
      const boxes = section(part).getByRole('checkbox');
      await boxes.nth(1).waitFor();
      for (const box of await boxes.all()) await box.press('Space');
      await section(part).getByRole('button', { name: deed }).press('Enter');
    }
    await page.getByText('put in by').nth(1).waitFor();
    // Each of it is in the journal of the folder, as it happens.
    const linked = section('Journal').getByText('linked it');
    const unlinked = section('Journal').getByText('took a link away');
    for (const entry of [linked.nth(4), unlinked.nth(2)]) await entry.waitFor();
  }, 120_000);

  test('it is ended with its cases, but for one that somebody ended before, and that is taken back', async () => {
    const malfunctionId = page.url().split('/').at(-1);
    const subject = 'Lift was stuck yesterday';
    const openedAt = new Date(Date.now() - 86_400_000).toISOString();
    await create('serviceCase', { name: subject, subject, status: 'CLOSED', locationId, malfunctionId, openedAt });
    await section('Calls and cases').getByText('put in inside Twenty').waitFor();
    await page.getByRole('button', { name: 'Change status' }).click();
    await page.getByRole('menuitem', { name: 'Closed' }).click();
    await page.getByRole('dialog').getByText('Closed: ended on its own, stays').waitFor();
    await page.getByText('2 of 2 chosen').waitFor();
    await settled(page);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByText('The status is changed, and 2 cases with it.').waitFor();
    await page.getByRole('button', { name: /^Take back: / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Taken back; 2 restored.').waitFor();
    await page.getByRole('link', { name: 'Malfunctions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Malfunctions' }).waitFor();
    await page.getByRole('link', { name: 'Lift stands still' }).waitFor();
    expect(await lookAllRound(page, 'malfunctions')).toEqual(nothingFound);
    await page.getByText('Board', { exact: true }).click();
    await page.getByRole('region', { name: 'Reported' }).getByText('Lift stands still').waitFor();
    expect(await lookAllRound(page, 'malfunctions-board')).toEqual(nothingFound);
  }, 120_000);

  test('the map shows where it is, by the mouse and in words', async () => {
    await page.getByText('Map', { exact: true }).click();
    const places = page.getByRole('list', { name: 'Places with malfunctions' });
    await places.getByRole('button', { name: /West wing/ }).waitFor();
    await page.locator('.place-map[data-state="ready"]').waitFor({ timeout: 120_000 });
    expect(await lookAllRound(page, 'malfunctions-map')).toEqual(nothingFound);
    // The map shows what the filters leave: each takes the place away, and gives it back.
    const place = places.getByRole('button', { name: /West wing/ });
    await page.getByText('Ended', { exact: true }).click();
    await place.waitFor({ state: 'detached' });
    await page.getByText('All', { exact: true }).click();
    await place.waitFor();
    for (const [filter, letters, option] of [
      ['Kind', '', 'Leak'],
      ['Customer', 'Harbour', 'Harbour Housing'],
    ] as const) {
      const box = page.getByRole('combobox', { name: filter, exact: true });
      for (const state of ['detached', 'visible'] as const) {
        await box.click();
        if (letters !== '') await box.fill(letters);
        await page.getByRole('option', { name: option }).click();
        await place.waitFor({ state });
      }
    }
    await page.getByRole('combobox', { name: 'Opened', exact: true }).click();
    await page.getByRole('option', { name: 'since yesterday' }).click();
    await place.waitFor();
    // The only place stands in the middle of the map.
    await page.locator('.place-map[data-state="ready"]').waitFor({ timeout: 120_000 });
    await page.locator('.place-map canvas').click();
    await places.getByRole('link', { name: 'Lift stands still' }).waitFor();
    await places.getByRole('link', { name: 'Everything about this location' }).click();
    await page.getByRole('heading', { level: 2, name: 'Malfunctions here' }).waitFor();
    await page.getByRole('img', { name: '1 malfunction in twelve months, in 1 week' }).waitFor();
    expect(await lookAllRound(page, 'location-malfunctions')).toEqual(nothingFound);
  }, 300_000);
});
