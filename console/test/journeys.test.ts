import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { browserPath, openWindow, openWorld, passTwenty, signInAs, type World } from './world.ts';

/** What people do in the console, from the first start on, with a real hub and the stand-in of Twenty. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
/** How often an open page asks what its member may. */
const MOST_OF_A_MINUTE = 20_000;
let world: World;
let page: Page;

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ connected: false });
  page = await openWindow(world);
}, 180_000);
afterAll(async () => await world?.close());

inBrowser('from the first start on', () => {
  test('the set-up link opens a form that says what is wrong and connects when it is right', async () => {
    const link = await world.hub.hub.admin.auth.setup.newLink();
    await page.goto(link);
    await page.getByLabel('Address of Twenty').fill(world.hub.twenty.url);
    await page.getByRole('textbox', { name: 'API key' }).fill('not-a-key');
    await page.getByRole('checkbox', { name: /Install the Switchboard app/ }).uncheck();
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Not connected yet').waitFor();
    // At the step where it ended, with what to do; what comes behind was not begun.
    await page.getByText('Reach Twenty (in order)').waitFor();
    const step = page.getByRole('listitem').filter({ hasText: 'Open the workspace with the key (out of order)' });
    await step
      .getByText(/create a new API key in Twenty/)
      .first()
      .waitFor();
    await page.getByText('The Switchboard app (comes later)').waitFor();

    await page.getByRole('textbox', { name: 'API key' }).fill(world.hub.apiKey);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Open the workspace with the key (in order)').waitFor();
    // The hub goes on without the page, and a page that is loaded again shows how far it is.
    await page.reload();
    await page.getByRole('link', { name: 'Sign in to this workspace' }).waitFor();
    await page.getByText('Your people can sign in (in order)').waitFor();
    await page.getByText(/records are copied and kept fresh/).waitFor();
    expect(await world.hub.hub.admin.tenants.get(TEST_TENANT)).toMatchObject({ crmUrl: world.hub.twenty.url });

    const other = await openWindow(world);
    await other.goto(link);
    await other.getByText('This set-up link is not good any more').waitFor();
    await other.context().close();
  }, 120_000);

  test('a member signs in with password and second factor', async () => {
    await page.getByRole('link', { name: 'Sign in to this workspace' }).click();
    await passTwenty(page, world.admin);
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/${TEST_TENANT}/status`);
  }, 120_000);

  test('a member without a second factor is turned away with the steps', async () => {
    const robin = await world.join('Robin', 'Member', false);
    const other = await openWindow(world);
    await other.goto('/');
    await other.getByRole('link', { name: 'Sign in to Acme' }).click();
    await passTwenty(other, robin);
    await other.getByRole('heading', { name: 'Your account needs a second factor' }).waitFor();
    expect(await other.getByRole('listitem').allTextContents()).toContain('Enter the six digits that the app shows.');
    await other.context().close();
  }, 120_000);

  test('a plugin is enabled with a wrong and then with a right setting', async () => {
    await page.getByRole('link', { name: 'Plugins', exact: true }).click();
    await page.getByRole('link', { name: 'Set up 3CX' }).click();
    await page.getByRole('button', { name: 'Save and enable' }).click();
    await page.getByText('Please fill this in.').waitFor();

    await page.getByLabel('Hub key').fill('short');
    await page.getByRole('button', { name: 'Save and enable' }).click();
    await page.getByText('must have at least 24 characters').waitFor();

    await page.getByRole('button', { name: 'Generate a key' }).click();
    const byPerson = page.waitForRequest((request) => request.method() !== 'GET');
    await page.getByRole('button', { name: 'Save and enable' }).click();
    expect((await byPerson).headers()).not.toHaveProperty('x-unattended');
    await page.getByRole('button', { name: 'Turn off' }).waitFor();
    const [plugin] = await world.hub.hub.admin.plugins.list(TEST_TENANT);
    expect(plugin).toMatchObject({ id: 'threecx', state: 'enabled', secrets: ['apiKey'] });
  }, 120_000);

  test('whoever searches the deliveries goes on typing while the list follows', async () => {
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Deliveries', exact: true }).click();
    const search = page.getByRole('search').getByRole('textbox').first();
    await search.click();
    await page.keyboard.type('n');
    await page.waitForURL(/search=n$/);
    await page.keyboard.type('othing');
    await page.waitForURL(/search=nothing$/);
    expect(await search.inputValue()).toBe('nothing');
    await page.getByRole('button', { name: /^Clear/ }).click();
    await page.waitForURL(/deliveries$/);
    expect(await search.inputValue()).toBe('');
  }, 60_000);

  test('another role takes effect in the pages that are open', async () => {
    const sam = await world.join('Sam', 'Member');
    await world.hub.hub.admin.auth.roster.refresh(world.hub.tenantId, AbortSignal.timeout(30_000));
    const open = await openWindow(world);
    // The page asks now and then what its member may: its clock is put forward, and nobody waits.
    await open.clock.install();
    // What it asks by itself keeps no session awake.
    const byItself = open.waitForRequest((request) => request.headers()['x-unattended'] !== undefined);
    await signInAs(open, sam);
    await byItself;
    const menu = open.getByRole('navigation', { name: 'Menu' });
    expect(await menu.getByRole('link').count()).toBe(0);

    await giveRole(page, 'Sam Example', { from: 'Member', to: 'Admin' });
    await open.clock.fastForward(MOST_OF_A_MINUTE);
    await menu.getByRole('link', { name: 'Roles' }).click();
    await open.getByRole('heading', { level: 1, name: 'Roles and permissions' }).waitFor();
    await open.getByRole('checkbox').first().waitFor();

    await giveRole(page, 'Sam Example', { from: 'Admin', to: 'Member' });
    await open.clock.fastForward(MOST_OF_A_MINUTE);
    await open.getByRole('heading', { name: 'Your role may not see this.' }).waitFor();
    expect(await open.getByRole('checkbox').count()).toBe(0);
    expect(await menu.getByRole('link').count()).toBe(0);

    // As Twenty's answer sends the browser back when it refuses.
    await page.goto(`/console/${TEST_TENANT}/roles?refused=deed-refused`);
    const refusal = page.getByRole('alert').filter({ hasText: 'Twenty does not allow that' });
    await refusal.getByRole('button', { name: 'Close' }).click();
    await page.waitForURL(`**/console/${TEST_TENANT}/roles`);
    await refusal.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await page
      .getByRole('row', { name: /Sam Example/ })
      .getByRole('button', { name: /Sign out everywhere/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await open.clock.fastForward(MOST_OF_A_MINUTE);
    await open.getByRole('link', { name: 'Sign in again' }).waitFor();
    expect(await open.getByRole('navigation').count()).toBe(0);
    await open.context().close();
  }, 120_000);

  test('a link into the console leads to its page after the sign-in, and to no other site', async () => {
    const window = await openWindow(world);
    const asked = `/console/${TEST_TENANT}/deliveries?result=failed`;
    await window.goto(asked);
    await window.getByRole('link', { name: 'Sign in to Acme' }).click();
    await passTwenty(window, world.admin);
    await window.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
    expect(window.url()).toBe(`${world.hub.url}${asked}`);

    // Signed in already: on to the page at once, whatever somebody else wrote into the link.
    for (const [to, expected] of [
      [asked, asked],
      ['https://evil.example.com/', `/console/${TEST_TENANT}`],
      [`/console/${TEST_TENANT}@evil.example.com/`, `/console/${TEST_TENANT}`],
    ] as const) {
      await window.goto(`/console/sign-in?${new URLSearchParams({ to }).toString()}`);
      const link = window.getByRole('link', { name: 'Sign in to Acme' });
      expect(await link.getAttribute('href')).toBe(expected);
    }
    await window.context().close();
  }, 120_000);

  test('a member of one workspace sees nothing of another', async () => {
    const { admin } = world.hub.hub;
    await admin.tenants.create(
      { slug: 'north', name: 'Northern Lifts', country: 'DE', timeZone: 'Europe/Berlin' },
      'test',
    );
    const { apiKey } = await world.hub.twenty.createWorkspace({
      name: 'Northern Lifts',
      subdomain: 'north',
      admin: { email: 'north@example.com', password: 'password-1', firstName: 'Nora', lastName: 'Example' },
    });
    await admin.crm.connect('north', { url: world.hub.twenty.url, apiKey }, 'test', AbortSignal.timeout(60_000));
    const window = await openWindow(world);
    // Two workspaces now: this browser has signed in to neither, so none is named.
    await window.goto('/');
    await window.getByLabel('Name of the workspace').fill(TEST_TENANT);
    await window.getByRole('button', { name: 'Continue' }).click();
    await passTwenty(window, world.admin);
    await window.getByRole('heading', { level: 1, name: 'Status' }).waitFor();

    const status = await window.evaluate(async () => (await fetch('/console/v1/tenants/north/plugins')).status);
    expect(status).toBe(401);
    await window.goto('/console/north/plugins');
    await window.getByRole('heading', { name: 'Choose your workspace' }).waitFor();
    expect(await window.getByText('Northern Lifts').count()).toBe(0);
    await window.context().close();
  }, 120_000);

  test('who signs out is out, in every language', async () => {
    const german = await openWindow(world, { locale: 'de-DE' });
    await german.goto(`/console/sign-in?workspace=${TEST_TENANT}`);
    await german.getByRole('heading', { name: 'Wählen Sie Ihren Arbeitsbereich' }).waitFor();
    await german.context().close();

    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goto(`/console/${TEST_TENANT}/plugins`);
    await page.getByRole('heading', { name: 'Choose your workspace' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
  }, 120_000);
});

/** As an administrator does it: chosen in the console, confirmed at Twenty with the own account. */
async function giveRole(admin: Page, name: string, { from, to }: { readonly from: string; readonly to: string }) {
  await admin.getByRole('link', { name: 'Roles', exact: true }).click();
  await admin.getByRole('button', { name: from, exact: true }).click();
  await admin.getByRole('button', { name: new RegExp(`^Change role.*${name}`) }).click();
  await admin.getByRole('combobox', { name: 'New role' }).click();
  await admin.getByRole('option', { name: to, exact: true }).click();
  await admin.getByRole('button', { name: 'Confirm in Twenty' }).click();
  await passTwenty(admin, world.admin);
  await admin.waitForURL(`**/console/${TEST_TENANT}/roles`);
}
