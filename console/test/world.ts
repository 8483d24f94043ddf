import { spawnSync } from 'node:child_process';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import { waitFor } from '@switchboard/testing';
import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import type { AnyPlugin } from '@switchboard/core/contract';
import { plugin as threecx } from '@switchboard/plugin-threecx';
import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export const browserPath = findBrowser();
const PATIENCE_MS = 30_000;

export interface Person {
  readonly email: string;
  readonly password: string;
  /** Without one the account has no second factor. */
  readonly code?: () => Promise<string>;
}

/** A hub with its pages, a workspace of Twenty, and a browser. */
export interface World {
  readonly hub: TestHub;
  readonly browser: Browser;
  readonly admin: Person;
  /** Somebody new in the workspace `acme`; with a second factor unless told otherwise. */
  readonly join: (firstName: string, roleLabel: string, hasSecondFactor?: boolean) => Promise<Person>;
  /** Until the copy of the workspace is whole. */
  readonly mirrored: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const root = new URL('../../', import.meta.url).pathname;

interface WorldOptions {
  readonly connected?: boolean;
  readonly plugins?: readonly AnyPlugin[];
}

export async function openWorld({ connected = true, plugins = [threecx] }: WorldOptions = {}): Promise<World> {
  const built = spawnSync(process.execPath, ['console/build/main.ts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The console cannot be built:\n${built.stderr}`);
  const hub = await startTestHub({ plugins, crm: connected });
  const browser = await startBrowser(browserPath!);
  const admin = { email: 'admin@example.com', password: 'password-1' };
  return {
    hub,
    browser,
    admin: { ...admin, code: await enrol(hub, admin) },
    async join(firstName, roleLabel, hasSecondFactor = true) {
      const login = { email: `${firstName.toLowerCase()}@example.com`, password: 'password-1' };
      await hub.twenty.createMember({
        workspaceId: hub.workspaceId,
        firstName,
        lastName: 'Example',
        roleLabel,
        ...login,
      });
      return hasSecondFactor ? { ...login, code: await enrol(hub, login) } : login;
    },
    async mirrored() {
      await waitFor(
        'a whole copy',
        async () => {
          const { mirror } = await hub.hub.admin.crm.status(TEST_TENANT);
          return mirror.length > 0 && mirror.every(({ state }) => state === 'fresh');
        },
        60_000,
      );
    },
    async close() {
      await browser.close();
      await hub.close();
    },
  };
}

/** Makes a second factor in Twenty, as its settings page does. @returns what an authenticator shows */
async function enrol({ twenty }: Pick<TestHub, 'twenty'>, login: Person): Promise<() => Promise<string>> {
  const own = createTwentyClient(twenty.url, await signIn(twenty.url, login));
  const { initiateOTPProvisioningForAuthenticatedUser: begun } = (await own.metadata(
    'mutation{initiateOTPProvisioningForAuthenticatedUser{uri}}',
  )) as { initiateOTPProvisioningForAuthenticatedUser: { uri: string } };
  const secret = new URL(begun.uri).searchParams.get('secret') ?? '';
  const code = async () => await generate({ secret });
  await own.metadata(
    'mutation($otp:String!){verifyTwoFactorAuthenticationMethodForAuthenticatedUser(otp:$otp){success}}',
    {
      otp: await code(),
    },
  );
  return code;
}

interface Visit {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  readonly reducedMotion?: 'reduce';
}

/** A window of a person who was never here. Whatever the page complains of, a breach of its policy included, fails the test. */
export async function openWindow({ browser, hub }: Pick<World, 'browser' | 'hub'>, visit: Visit = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: hub.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    ...visit,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return await context.newPage();
}

/** From the sign-in page through the forms of Twenty and back. */
export async function passTwenty(page: Page, { email, password, code }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (code !== undefined) {
    await page.getByLabel('Code').fill(await code());
    await page.getByRole('button', { name: 'Verify' }).click();
  }
  await page.getByRole('button', { name: 'Authorize' }).click();
}

export async function signInAs(page: Page, person: Person, workspace = 'Acme'): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: `Sign in to ${workspace}` }).click();
  await passTwenty(page, person);
  await page.waitForURL(`**/console/${TEST_TENANT}/**`);
}

/** What the console of the browser complains of; requests that the hub refuses on purpose are no complaint. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.removeAllListeners('console').removeAllListeners('pageerror');
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
