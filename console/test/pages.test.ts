import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin as transcribe } from '@switchboard/plugin-ai-transcribe';
import { plugin as threecx } from '@switchboard/plugin-threecx';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { tellOfADay } from './pages/demo-data.ts';
import { emptyPages, entrancePages, operatorPages, type Shown, workPages } from './pages/list.ts';
import { MOST_SHIFT, noteShifts, opened, shiftOf } from './pages/look.ts';
import { takesPictures, windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/**
 * Every page: usable by everybody in light and dark, on a laptop and on a telephone, and nothing on it jumps. `npm run screenshots` keeps pictures of
 * what is looked at here.
 */

const inBrowser = browserPath === undefined ? describe.skip : describe;
/** Pictures are taken now and then, on whatever machine, and nobody waits for them. */
const PATIENCE_MS = takesPictures ? 180_000 : 30_000;
const SET_UP_MS = takesPictures ? 600_000 : 180_000;
let world: World;
/** Of the administrator; of somebody who is not signed in; of the operator. */
let admin: Page;
let stranger: Page;
let operator: Page;

beforeAll(async () => {
  if (browserPath === undefined) return;
  world = await openWorld({ plugins: [threecx, transcribe] });
  const still = { reducedMotion: 'reduce', viewport: windows.laptop } as const;
  [admin, stranger, operator] = [
    await openWindow(world, still),
    await openWindow(world, still),
    await openWindow(world, still),
  ];
  for (const page of [admin, stranger, operator]) await noteShifts(page);
  await signInAs(admin, world.admin);
  await operator.goto(await world.hub.hub.admin.auth.setup.newLink());
  await operator.getByRole('heading', { name: 'Workspaces' }).waitFor();
}, SET_UP_MS);
afterAll(async () => await world?.close());

/** One visit: as it comes on a laptop in light, then in dark, then on a telephone. */
async function expectWell(page: Page, { name, path, title, prepare }: Shown): Promise<void> {
  const complaints = complaintsOf(page);
  await page.goto(path.startsWith('/') ? path : `/console/${TEST_TENANT}/${path}`);
  await opened(page, title);
  const shift = await shiftOf(page);
  await prepare?.(page);
  expect({ ...(await lookAllRound(page, name)), complaints }).toEqual({ ...nothingFound, complaints: [] });
  expect(shift).toBeLessThan(MOST_SHIFT);
}

inBrowser('every page', () => {
  test.each(emptyPages)(
    'before anything has happened: $name',
    async (shown) => {
      await expectWell(admin, shown);
    },
    PATIENCE_MS,
  );

  test('a day goes by', async () => {
    for (const [name, role] of [
      ['Robin', 'Agent'],
      ['Sam', 'Team lead'],
      ['Kim', 'Desk admin'],
    ] as const) {
      await world.join(name, role, false);
    }
    await world.hub.hub.admin.auth.roster.refresh(world.hub.tenantId, AbortSignal.timeout(20_000));
    await tellOfADay(world.hub);
    const { deliveries } = world.hub.hub.admin;
    expect(await deliveries.deadLetters(TEST_TENANT, {})).toMatchObject({ total: 2 });
    if (takesPictures) await world.mirrored();
  }, 120_000);

  test.each(workPages)(
    'at work: $name',
    async (shown) => {
      await expectWell(admin, shown);
    },
    PATIENCE_MS,
  );

  test.each(entrancePages)(
    'before signing in: $name',
    async (shown) => {
      await expectWell(stranger, shown);
    },
    PATIENCE_MS,
  );

  test.each(operatorPages)(
    'of the operator: $name',
    async (shown) => {
      await expectWell(operator, shown);
    },
    PATIENCE_MS,
  );
});
