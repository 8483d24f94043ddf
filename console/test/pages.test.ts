import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { tellOfADay } from './demo-data.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/** Every page: accessible, in light and dark, on a laptop and on a telephone. `npm run screenshots` keeps pictures of them. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
/** A folder; without it no pictures are taken. */
const pictures = process.env['SCREENSHOTS'];
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const pages = [
  ['status', 'Status'],
  ['stuck', 'Needs a hand'],
  ['plugins', 'Plugins'],
  ['plugins/threecx', '3CX'],
  ['deliveries', 'Deliveries'],
  ['roles', 'Roles and permissions'],
  ['security', 'Sign-in and security'],
  ['audit', 'Audit log'],
] as const;

let world: World;
let light: Page;
let dark: Page;
let phone: Page;

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld();
  await world.hub.hub.admin.plugins.enable(TEST_TENANT, 'threecx', { apiKey: 'a'.repeat(32) }, 'admin@example.com');
  for (const [name, role] of [
    ['Robin', 'Agent'],
    ['Sam', 'Team lead'],
    ['Kim', 'Desk admin'],
  ] as const) {
    await world.join(name, role, false);
  }
  await tellOfADay(world.hub);
  [light, dark, phone] = [
    await openWindow(world, { colorScheme: 'light', viewport: { width: 1360, height: 850 } }),
    await openWindow(world, { colorScheme: 'dark', viewport: { width: 1360, height: 850 } }),
    await openWindow(world, { colorScheme: 'light', viewport: { width: 390, height: 844 } }),
  ];
  for (const page of [light, dark, phone]) await signInAs(page, world.admin);
}, 180_000);
afterAll(async () => await world?.close());

async function violations(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy allows no script from elsewhere.
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    async () => await (globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe.run(),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`),
  );
}

type Violation = { readonly id: string; readonly nodes: { readonly html: string; readonly failureSummary: string }[] };

async function settle(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

inBrowser('every page', () => {
  test.each(pages)(
    '%s',
    async (path, title) => {
      for (const [page, look] of [
        [light, 'light'],
        [dark, 'dark'],
        [phone, 'phone'],
      ] as const) {
        const complaints = complaintsOf(page);
        await page.goto(`/console/${TEST_TENANT}/${path}`);
        await settle(page, title);
        await picture(page, `${path.replace('/', '-')}-${look}`);
        expect({ look, found: await violations(page) }).toEqual({ look, found: [] });
        expect({ look, complaints }).toEqual({ look, complaints: [] });
        const isTooWide = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        expect({ look, isTooWide }).toEqual({ look, isTooWide: false });
      }
    },
    120_000,
  );

  test.each([
    ['sign-in', '/console/sign-in', 'Choose your workspace'],
    [
      'second-factor',
      `/console/sign-in?problem=two-factor-required&workspace=${TEST_TENANT}`,
      'Your account needs a second factor',
    ],
    ['signed-out', '/console/sign-in?out=true', 'You are signed out'],
  ])(
    'before signing in: %s',
    async (name, path, title) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openWindow(world, { colorScheme, viewport: { width: 1000, height: 720 } });
        await page.goto(path);
        await settle(page, title);
        await picture(page, `${name}-${colorScheme}`);
        expect(await violations(page)).toEqual([]);
        await page.context().close();
      }
    },
    120_000,
  );
});
