import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { plugin as threecx } from '@switchboard/plugin-threecx';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { type Cuttable, lookAway, makeCuttable, notified } from './meddling.ts';
import { violationsOn } from './pages/look.ts';
import { keepPicture, windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, type Person, signInAs, type World } from './world.ts';

/** A call from its first ring to the saved case, with a real hub and the stand-ins of Twenty and 3CX. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
const KNOWN = '+31201234567';
const STRANGER = '+447700900123';
const SHARED = '+447700900456';
/** The line may be tried again only half a minute after it was lost. */
const RETRY_MS = 90_000;

let world: World;
let pbx: Threecx;
let robin: Page;
let complaints: string[];

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [desk, threecx] });
  pbx = await startThreecx();
  const agents: Person[] = [];
  for (const [name, extension] of [
    ['Robin', '101'],
    ['Sam', '102'],
  ] as const) {
    agents.push(await world.join(name, 'Agent'));
    await giveExtension(name, extension);
  }
  const customer = await addCustomer();
  const { plugins } = world.hub.hub.admin;
  const secretOf = (id: string) => pbx.principals.all().find(({ clientId }) => clientId === id)?.secret;
  const live = { pbxUrl: pbx.url, liveClientId: 'crmlive', liveSecret: secretOf('crmlive') };
  await plugins.enable(TEST_TENANT, desk.id, {}, 'test');
  await plugins.enable(TEST_TENANT, threecx.id, { apiKey: 'k'.repeat(24), ...live }, 'test');
  robin = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  await robin.addInitScript(makeCuttable);
  complaints = complaintsOf(robin);
  await signInAs(robin, agents[0]!);
  // Signed in while the workspace is still copied.
  await robin.getByText('Extension 101: no call').waitFor({ timeout: 120_000 });
  await world.mirrored();
  // The desk promises by the contract, so that is there before.
  await addOpenWork(customer);
  await waitFor('the desk to have taken in what was opened in Twenty', isTakenIn, 120_000);
  await waitFor('the live link', () => pbx.sockets() > 0, 60_000);
  // Somebody else at another desk, for calls that ring at both.
  sam = await openWindow(world, { reducedMotion: 'reduce' });
  await signInAs(sam, agents[1]!);
}, 240_000);

let sam: Page;

afterAll(async () => {
  await pbx?.close();
  await world?.close();
}, 60_000);

async function giveExtension(firstName: string, extension: string): Promise<void> {
  const { crm } = world.hub;
  const { workspaceMembers } = (await crm.records(
    '{ workspaceMembers { edges { node { id name { firstName } } } } }',
  )) as {
    workspaceMembers: { edges: { node: { id: string; name: { firstName: string } } }[] };
  };
  const id = workspaceMembers.edges.find(({ node }) => node.name.firstName === firstName)?.node.id;
  await crm.records(
    'mutation M($id: UUID!, $data: WorkspaceMemberUpdateInput!) { updateWorkspaceMember(id: $id, data: $data) { id } }',
    { id, data: { extension } },
  );
}

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

type Customer = { readonly companyId: string; readonly locationId: string };

async function addCustomer(): Promise<Customer> {
  const companyId = await create('company', { name: 'Voorbeeld Bakeries' });
  const locationId = await create('location', { name: 'Bakery Noord', companyId });
  await create('person', {
    name: { firstName: 'Noor', lastName: 'Voorbeeld' },
    phones: { primaryPhoneNumber: KNOWN },
    companyId,
    locationId,
  });
  for (const firstName of ['Jo', 'Ada']) {
    await create('person', {
      name: { firstName, lastName: 'Gedeeld' },
      phones: { primaryPhoneNumber: SHARED },
      companyId,
    });
  }
  const terms = { status: 'ACTIVE', serviceLevel: 'PREMIUM', responseMinutes: 60, resolveMinutes: 480 };
  await create('contract', { name: 'Full service 24/7', companyId, supportHours: 'ALWAYS', ...terms });
  return { companyId, locationId };
}

async function addOpenWork({ companyId, locationId }: Customer): Promise<void> {
  const opened = { openedAt: new Date(Date.now() - 7_200_000).toISOString() };
  await create('serviceCase', {
    name: 'Cold store too warm',
    subject: 'Cold store too warm',
    status: 'OPEN',
    locationId,
    companyId,
    ...opened,
  });
  await create('malfunction', {
    name: 'Power dips in the north',
    title: 'Power dips in the north',
    status: 'IDENTIFIED',
    locationId,
    isMajor: true,
    announcement: 'The grid company works on it until 15:00.',
    ...opened,
  });
}

/** Under the contract: with times that were promised two hours ago. */
async function isTakenIn(): Promise<boolean> {
  const { serviceCases } = (await world.hub.crm.records('{ serviceCases { edges { node { responseDueAt } } } }')) as {
    serviceCases: { edges: { node: { responseDueAt: string | null } }[] };
  };
  return serviceCases.edges.every(({ node }) => node.responseDueAt !== null);
}

const ring = (number: string, more: Partial<Parameters<Threecx['play']>[0]> = {}) =>
  pbx.play({ scenario: 'inbound', number, agent: '101', ringSeconds: 2, talkSeconds: 300, ...more });

const card = (page: Page, name: string) => page.getByRole('article', { name });

async function over(): Promise<void> {
  pbx.hangUp();
  await pbx.idle();
}

/** Puts a call away that is over. */
async function putAway(page: Page, name: string): Promise<void> {
  await card(page, name).getByRole('button', { name: 'Put away' }).click();
  await card(page, name).waitFor({ state: 'detached' });
}

async function hasSubject(page: Page, text: string): Promise<void> {
  await waitFor(`the subject "${text}"`, async () => (await page.getByLabel('Subject').inputValue()) === text, 30_000);
}

async function look(page: Page, name: string): Promise<void> {
  const seen: Record<string, string[]> = {};
  for (const [window, scheme] of [
    ['laptop', 'light'],
    ['laptop', 'dark'],
    ['phone', 'dark'],
    ['phone', 'light'],
  ] as const) {
    await page.setViewportSize(windows[window]);
    await page.emulateMedia({ colorScheme: scheme });
    const differs = window === 'phone' ? 'phone' : scheme === 'dark' ? 'dark' : undefined;
    if (window === 'laptop' || scheme === 'dark') seen[`${window} ${scheme}`] = await violationsOn(page, differs);
    await keepPicture(page, `${name}-${window}-${scheme}`, window);
  }
  await page.setViewportSize(windows.laptop);
  expect(seen).toEqual({ 'laptop light': [], 'laptop dark': [], 'phone dark': [] });
}

inBrowser('a call', () => {
  test('becomes a case by keyboard alone, and nothing is lost by a reload in the middle', async () => {
    ring(KNOWN);
    await card(robin, 'Noor Voorbeeld').waitFor();
    for (const text of ['Bakery Noord', 'Premium', 'Cold store too warm', 'The grid company works on it until 15:00.'])
      await card(robin, 'Noor Voorbeeld').getByText(text).first().waitFor();
    const here = card(robin, 'Noor Voorbeeld').getByRole('listitem').filter({ hasText: 'Cold store too warm' });
    await here.getByText(/^Response: overdue since/).waitFor();
    await here.getByText(/^Solution: due/).waitFor();
    await robin.keyboard.press('a');
    await robin.keyboard.type('Ovens are cold');
    await robin.keyboard.press('Tab');
    await robin.keyboard.type('Since six o’clock');
    await look(robin, 'desk-call');

    await robin.reload();
    await card(robin, 'Noor Voorbeeld').getByText('Talking').waitFor();
    expect(await robin.getByLabel('Subject').inputValue()).toBe('Ovens are cold');
    expect(await robin.getByLabel('Notes').inputValue()).toBe('Since six o’clock');
    await robin.getByLabel('Subject').focus();
    await robin.keyboard.press('Control+Enter');
    await robin.getByText('Case C-000001 is saved.').or(robin.getByText('Case C-000002 is saved.')).waitFor();
    await over();
    const linked = await waitFor('the call with its case in Twenty', async () => {
      const { phoneCalls } = (await world.hub.crm.records(
        '{ phoneCalls { edges { node { serviceCase { subject person { name { lastName } } } } } } }',
      )) as { phoneCalls: { edges: { node: { serviceCase: { subject: string } | null } }[] } };
      return phoneCalls.edges.find(({ node }) => node.serviceCase !== null)?.node.serviceCase;
    });
    expect(linked).toEqual({ subject: 'Ovens are cold', person: { name: { lastName: 'Voorbeeld' } } });
  }, 120_000);

  test('of nobody known becomes somebody, in place', async () => {
    ring(STRANGER);
    const strange = robin.getByRole('article').filter({ hasText: 'Rings' });
    await strange.waitFor();
    await robin.keyboard.press('n');
    await robin.keyboard.type('Femke');
    await robin.keyboard.press('Tab');
    await robin.keyboard.type('Nieuw');
    await robin.keyboard.press('Enter');
    await card(robin, 'Femke Nieuw').waitFor();
    await waitFor('the person in Twenty', async () => {
      const { people } = (await world.hub.crm.records('{ people { edges { node { name { lastName } } } } }')) as {
        people: { edges: { node: { name: { lastName: string } } }[] };
      };
      return people.edges.some(({ node }) => node.name.lastName === 'Nieuw');
    });
    await over();
    await robin.getByRole('button', { name: 'Put away' }).click();
  }, 120_000);

  test('that rings at two desks is one case, and the second agent is told', async () => {
    await robin.evaluate(lookAway);
    ring(KNOWN, { scenario: 'ring-group', ringSeconds: 120 });
    // Told to whoever does not look, in whatever way they are there.
    const said = 'Noor Voorbeeld, Voorbeeld Bakeries · Bakery Noord, calls';
    await robin.getByText(said).waitFor({ state: 'attached' });
    await robin.waitForFunction((text) => document.title.startsWith(text), said);
    // One for the call, which says who it is once that is known.
    expect(await robin.evaluate(notified)).toEqual({ open: [said], calls: 1 });
    for (const [page, subject] of [
      [robin, 'Door is stuck'],
      [sam, 'The door'],
    ] as const) {
      await card(page, 'Noor Voorbeeld').getByText('Rings').waitFor();
      await page.keyboard.press('a');
      await page.keyboard.type(subject);
    }
    await robin.keyboard.press('Control+Enter');
    await robin.getByText(/Case C-\d+ is saved/).waitFor();
    await sam.keyboard.press('Control+Enter');
    await sam.getByText('A colleague has filed this call').waitFor();
    await sam.getByRole('button', { name: 'Add my notes there' }).click();
    await robin.getByRole('link', { name: 'Open the case' }).click();
    await robin.getByRole('heading', { level: 1, name: /Door is stuck/ }).waitFor();
    await robin.getByText('Sam Example noted').first().waitFor();
    await look(robin, 'desk-case');
    await over();
    await robin.waitForFunction(() => !document.title.includes('Noor Voorbeeld,'));
    expect(await robin.evaluate(notified)).toEqual({ open: [], calls: 1 });
    expect(complaints).toEqual([]);
  }, 120_000);

  test('of a number that several have is settled by a key, and handed on by another', async () => {
    ring(SHARED);
    const group = robin.getByRole('group', { name: 'Who is it?' });
    const second = group.getByRole('button').nth(1);
    await second.waitFor();
    const [name = ''] = /(Jo|Ada) Gedeeld/.exec((await second.textContent()) ?? '') ?? [];
    await robin.keyboard.press('2');
    await card(robin, name).getByText('Talking').waitFor();
    await robin.keyboard.press('t');
    await robin.getByLabel('Extension or number').waitFor();
    await robin.keyboard.type('102');
    await robin.keyboard.press('Enter');
    await card(sam, name).waitFor();
    await over();
    expect(await robin.getByRole('complementary', { name: 'Calls' }).getByRole('article', { name }).count()).toBe(1);
    for (const page of [robin, sam]) await putAway(page, name);
  }, 120_000);

  test('belongs by one key to a case or a malfunction that is open there', async () => {
    for (const name of ['Cold store too warm', 'Power dips in the north']) {
      ring(KNOWN);
      const attach = robin.getByRole('button', { name: new RegExp(`^Attach : .*${name}`) });
      await robin.keyboard.press((await attach.locator('kbd').textContent()) ?? '');
      await robin
        .getByText(new RegExp(`^The call belongs to .*${name} now`))
        .first()
        .waitFor();
      await over();
      await card(robin, 'Noor Voorbeeld').waitFor({ state: 'detached' });
    }
    await waitFor('both calls in Twenty', async () => {
      const { phoneCalls } = (await world.hub.crm.records(
        '{ phoneCalls { edges { node { serviceCase { name } malfunction { name } } } } }',
      )) as { phoneCalls: { edges: { node: Record<string, { name: string } | null> }[] } };
      const places = phoneCalls.edges.flatMap(({ node }) => [node['serviceCase']?.name, node['malfunction']?.name]);
      return ['too warm', 'in the north'].every((name) => places.some((place) => place?.endsWith(name)));
    });
  }, 120_000);

  test('is told at once of a major malfunction anywhere, and when that is over', async () => {
    ring(KNOWN);
    await card(robin, 'Noor Voorbeeld').getByText('Talking').waitFor();
    const opened = { openedAt: new Date().toISOString(), status: 'IDENTIFIED' };
    const announcement = 'The south is without water until noon.';
    const id = await create('malfunction', {
      name: 'Burst main',
      title: 'Burst main',
      isMajor: true,
      announcement,
      ...opened,
    });
    await card(robin, 'Noor Voorbeeld').getByText(announcement).waitFor();
    await robin.locator('[aria-live]').filter({ hasText: announcement }).waitFor({ state: 'attached' });
    await world.hub.crm.records(
      'mutation M($id: UUID!) { updateMalfunction(id: $id, data: { status: RESOLVED }) { id } }',
      { id },
    );
    await card(robin, 'Noor Voorbeeld').getByText(announcement).waitFor({ state: 'detached' });
    await card(robin, 'Noor Voorbeeld').getByText('The grid company works on it until 15:00.').waitFor();
    expect(await card(robin, 'Noor Voorbeeld').getByRole('alert').count()).toBe(1);
    await over();
    await putAway(robin, 'Noor Voorbeeld');
  }, 120_000);

  test('is neither lost nor doubled when the line to the hub is, and what was typed stays', async () => {
    ring(STRANGER, { ringSeconds: 120 });
    await card(robin, 'Femke Nieuw').waitFor();
    await robin.keyboard.press('a');
    await robin.keyboard.type('No heating');
    await robin.context().setOffline(true);
    await robin.evaluate(() => (globalThis as unknown as Cuttable).cut());
    await over();
    const dock = robin.getByRole('complementary', { name: 'Calls' });
    await dock.getByText('The line to the hub is lost.').waitFor({ timeout: RETRY_MS });
    ring(KNOWN, { ringSeconds: 120 });
    await robin.context().setOffline(false);
    await dock.getByRole('button', { name: 'Noor Voorbeeld' }).waitFor({ timeout: RETRY_MS });
    await dock.getByText('The line to the hub is lost.').waitFor({ state: 'detached' });
    expect(await dock.getByRole('group', { name: 'Calls' }).getByRole('button').allTextContents()).toEqual([
      'Noor Voorbeeld',
      'Femke Nieuw',
    ]);
    await dock.getByRole('button', { name: 'Femke Nieuw' }).click();
    expect(await dock.getByLabel('Subject').inputValue()).toBe('No heating');
    await over();
    // Nobody answered either call: both wait to be called back, and the menu says so.
    await robin.getByRole('link', { name: /My day\s*\d/ }).waitFor({ timeout: RETRY_MS });
    await putAway(robin, 'Femke Nieuw');
    await putAway(robin, 'Noor Voorbeeld');
  }, 240_000);

  test('is listed with what came of it', async () => {
    await robin.getByRole('link', { name: 'Calls', exact: true }).click();
    await robin.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
    await robin.getByRole('table').getByText('Noor Voorbeeld').first().waitFor();
    await look(robin, 'desk-calls');
    await robin.keyboard.press('Shift+?');
    await robin.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    expect(await robin.getByRole('dialog').getByText('Open a case for the call').count()).toBe(1);
  }, 60_000);

  test('appears in each of eight tabs over one line, also when the tab that holds the line was closed', async () => {
    await robin.keyboard.press('Escape');
    const shows = async (tab: Page, name: string) =>
      await tab.getByRole('complementary', { name: 'Calls' }).getByText(name).first().waitFor();
    const lines: string[] = [];
    robin.context().on('request', (request) => {
      if (request.url().includes('/live?')) lines.push(request.url());
    });
    const tabs: Page[] = [];
    for (let count = 0; count < 7; count += 1) {
      const tab = await robin.context().newPage();
      await tab.goto(`/console/${TEST_TENANT}/calls`);
      await tab.getByRole('table').getByText('Noor Voorbeeld').first().waitFor();
      tabs.push(tab);
    }
    ring(KNOWN, { ringSeconds: 120 });
    for (const tab of [robin, ...tabs]) await shows(tab, 'Noor Voorbeeld');
    expect(lines).toEqual([]);
    const [one, other] = tabs as [Page, Page];
    await card(one, 'Noor Voorbeeld')
      .getByRole('button', { name: /^Open a case/ })
      .click();
    await one.getByLabel('Subject').fill('Begun in one tab');
    await hasSubject(other, 'Begun in one tab');
    await other.getByLabel('Subject').fill('Went on in the other');
    await hasSubject(one, 'Went on in the other');
    await one.reload();
    await hasSubject(one, 'Went on in the other');

    await robin.close();
    await over();
    ring(STRANGER, { ringSeconds: 120 });
    for (const tab of tabs) await shows(tab, 'Femke Nieuw');
    expect(lines).toHaveLength(1);
    await over();
  }, 240_000);
});
