import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { builtOnce, bundleOf, type Built, HUB } from './built.ts';
import { openPanel, type PanelContext, type PanelPage } from './panel-page.ts';
import { answerBy, type Asked, type Script } from './scripted-hub.ts';

/** The tabs of the service desk and its commands on selected records, in a browser. What the hub does is tested beside its doors. */

const browserPath = findBrowser();
const browserTest = browserPath === undefined ? test.skip : test;
const pictures = process.env['PANEL_PICTURES'];
const PATIENCE = { timeout: 30_000 };
const LIMIT_MS = 90_000;

const at = '2026-11-20T09:00:00.000Z';
const folderId = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1d01';
const folder = {
  id: folderId,
  number: 'M-000007',
  title: 'Lifts stand still',
  status: 'IN_REPAIR',
  severity: 'MAJOR',
  location: { id: 'l', name: 'Quay Tower' },
  openedAt: at,
  resolvedAt: null,
  closedAt: null,
  caseCount: 2,
  callCount: 1,
};
const lift = {
  object: 'serviceCase',
  id: '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1d02',
  number: 'C-000120',
  title: 'Lift one stands still',
  status: 'OPEN',
  phoneNumber: '',
  person: { id: 'p', name: 'Pat Example' },
  company: null,
  location: { id: 'l', name: 'Quay Tower' },
  at,
  joined: { by: 'Robin Example' },
  folder: null,
};
const other = { ...lift, id: '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1d03', number: 'C-000121', title: 'Person stuck' };
const why = { score: 0.87, reasons: [{ code: 'same-location' }, { code: 'recent', minutes: 12 }] };
const chosen = `chosen:${lift.id},${other.id}`;

let built: Built;
let browser: Browser;
let opened: PanelPage | undefined;

beforeAll(async () => {
  if (browserPath === undefined) return;
  [built, browser] = await Promise.all([builtOnce(), startBrowser(browserPath)]);
}, 240_000);
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await browser?.close();
});

async function open(component: string, script: Script, context: Partial<PanelContext>) {
  const bundle = bundleOf(built, component);
  let asked: readonly Asked[] = [];
  opened = await openPanel(browser, { bundle, token: 'token', recordIds: [folderId], ...context }, async (page) => {
    asked = await answerBy(page, { workspace: 'acme', telephony: null }, script);
  });
  return { panel: opened.panel, visited: opened.visited, asked };
}

async function picture(name: string): Promise<void> {
  if (pictures !== undefined) await opened?.page.screenshot({ path: join(pictures, `desk-${name}.png`) });
}

const deedsIn = (asked: readonly Asked[]) => asked.filter(({ path }) => path.startsWith('POST'));

browserTest(
  'a malfunction shows its members and suggestions with reasons; one is put in, another taken out',
  async () => {
    const { panel, asked } = await open(
      'malfunction-members',
      {
        'GET /malfunctions/one': () => ({ body: { folder, members: [lift] } }),
        'GET /malfunctions/candidates': () => ({ body: { candidates: [{ ...other, ...why }] } }),
        'POST /suggestions/decide': () => ({ body: {} }),
        'POST /malfunctions/put': () => ({ body: { results: [] } }),
        'POST /malfunctions/take': () => ({ status: 403, body: { error: { message: 'Your role may not' } } }),
      },
      {},
    );
    const suggestions = panel.getByRole('region', { name: 'May belong here' });
    await suggestions.getByText('87 % likely · same location · 12 min apart').waitFor(PATIENCE);
    await picture('members');
    await suggestions.getByRole('button', { name: 'Put in: C-000121 Person stuck' }).click();
    await waitFor('both deeds', async () => deedsIn(asked).length === 2);
    const name = { object: 'serviceCase', id: other.id };
    expect(deedsIn(asked).map(({ body }) => body)).toEqual([
      { folderId, object: 'serviceCase', recordId: other.id, isAccepted: true },
      { folderId, members: [name], score: 0.87 },
    ]);
    await panel.getByRole('button', { name: 'Take out: C-000120 Lift one stands still' }).click();
    await panel.getByRole('alert').getByText('Your role may not').waitFor(PATIENCE);
  },
  LIMIT_MS,
);

browserTest(
  'a location tells what is wrong there and what was, in Dutch',
  async () => {
    const past = { ...folder, id: 'past', title: 'Door jammed', status: 'CLOSED', closedAt: at };
    const script: Script = { 'GET /malfunctions': () => ({ body: { folders: [folder, past], isCut: false } }) };
    const { panel } = await open('location-malfunctions', script, { locale: 'nl-NL' });
    const now = panel.getByRole('region', { name: 'Open storingen hier' });
    await now.getByText('In reparatie').waitFor(PATIENCE);
    expect(await now.getByRole('listitem').count()).toBe(1);
    expect(await panel.getByRole('region', { name: 'Eerdere storingen' }).innerText()).toContain('Door jammed');
    await picture('location');
  },
  LIMIT_MS,
);

browserTest(
  'a case has the calls about it and the mails that one may see, and leads to the console to write',
  async () => {
    const call = { id: 'c', startedAt: at, direction: 'INBOUND', outcome: 'MISSED', phoneNumber: '+442079460123' };
    const calls = [{ ...call, durationSeconds: 0, agentName: null }];
    const first = await open('service-case-calls', { 'GET /cases/one': () => ({ body: { calls } }) }, {});
    await first.panel.getByText('+442079460123').waitFor(PATIENCE);
    await opened?.close();
    const mail = {
      id: 'm',
      kind: 'sent',
      at,
      from: { name: 'Desk', address: 'desk@example.com' },
      to: [{ name: 'Pat Example', address: 'pat@example.org' }],
      subject: 'Your lift',
      excerpt: 'It runs again.',
      attachments: 1,
      state: 'done',
      recipients: [{ state: 'bounced' }],
    };
    const { panel } = await open('service-case-mails', { 'GET /cases/mails': () => ({ body: { mails: [mail] } }) }, {});
    await panel.getByText('Not delivered').waitFor(PATIENCE);
    const link = panel.getByRole('link', { name: 'Write a mail' });
    await link.waitFor(PATIENCE);
    expect(await link.getAttribute('href')).toBe(`${HUB}/console/acme/cases/${folderId}#mails`);
    await picture('mails');
  },
  LIMIT_MS,
);

browserTest(
  'a command opens its own page with all selected records, and says when there are none or too many',
  async () => {
    const one = await open('service-case-put', {}, { recordIds: [lift.id, other.id], locale: 'de-DE' });
    await waitFor('the page', async () => (await one.visited()).length > 0);
    expect(await one.visited()).toMatchObject([
      { page: 'view-front-component', frontComponentId: 'panel', recordId: chosen, pageTitle: 'In eine Störung legen' },
    ]);
    await opened?.close();
    const none = await open('service-case-put', {}, { recordIds: [] });
    await waitFor('the word', async () => (await none.visited()).length > 0);
    expect(await none.visited()).toMatchObject([{ message: 'Choose 100 at most.', variant: 'warning' }]);
  },
  LIMIT_MS,
);

browserTest(
  'selected cases are put into a malfunction, each with what became of it',
  async () => {
    const { panel, asked } = await open(
      'service-case-put',
      {
        'GET /malfunctions/chosen': () => ({ body: { members: [lift, other], suggestions: [], workspace: 'acme' } }),
        'GET /malfunctions': () => ({ body: { folders: [folder] } }),
        'POST /malfunctions/put': () => ({
          body: {
            results: [
              { object: 'serviceCase', id: lift.id, result: 'put' },
              { object: 'serviceCase', id: other.id, result: 'not-found' },
            ],
          },
        }),
      },
      { recordIds: [chosen] },
    );
    await panel.getByRole('button', { name: 'Put in: M-000007 Lifts stand still' }).click(PATIENCE);
    await panel.getByText('not found any more').waitFor(PATIENCE);
    expect(await panel.getByText('put in', { exact: true }).count()).toBe(1);
    const members = [lift, other].map(({ object, id }) => ({ object, id }));
    expect(deedsIn(asked)).toEqual([{ path: 'POST /malfunctions/put', body: { folderId, members } }]);
    await picture('put');
  },
  LIMIT_MS,
);

browserTest(
  'selected cases are merged one by one, refusals are said, and a merge is taken back',
  async () => {
    const third = { ...lift, id: '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1d04', number: 'C-000122', title: 'Again' };
    const { panel } = await open(
      'service-case-merge',
      {
        'GET /malfunctions/chosen': () => ({
          body: { members: [lift, other, third], suggestions: [], workspace: 'a' },
        }),
        'POST /cases/merge': ({ body }) =>
          (body as { caseId: string }).caseId === other.id
            ? { body: { outcome: 'merged', mergeId: 'm1', intoId: lift.id } }
            : { status: 409, body: { error: { message: 'It went on elsewhere' } } },
        'POST /cases/merge/undo': () => ({ body: { outcome: 'restored' } }),
      },
      { recordIds: [chosen] },
    );
    await panel.getByRole('button', { name: 'This one remains: C-000120 Lift one stands still' }).click(PATIENCE);
    await panel.getByText('It went on elsewhere').waitFor(PATIENCE);
    await picture('merge');
    await panel.getByRole('button', { name: 'Take back: C-000121 Person stuck' }).click();
    await panel.getByText('taken back').waitFor(PATIENCE);
  },
  LIMIT_MS,
);

browserTest(
  'from selected cases of one malfunction one link leads to a mail to all their contacts',
  async () => {
    const members = [lift, other].map((one) => ({ ...one, folder }));
    const script: Script = {
      'GET /malfunctions/chosen': () => ({ body: { members, suggestions: [], workspace: 'acme' } }),
    };
    const { panel } = await open('service-case-mail', script, { recordIds: [chosen] });
    const link = panel.getByRole('link', { name: 'Write to the contacts of 2 cases in M-000007 Lifts stand still' });
    await link.waitFor(PATIENCE);
    const address = `${HUB}/console/acme/malfunctions/${folderId}/mail#${lift.id},${other.id}`;
    expect(await link.getAttribute('href')).toBe(address);
  },
  LIMIT_MS,
);
