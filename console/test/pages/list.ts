import type { Page } from 'playwright-core';

/** A page as the tests and `npm run screenshots` go to see it. */
export interface Shown {
  /** Of its pictures: `docs/screenshots/NAME-laptop-light.webp` and the like. */
  readonly name: string;
  /** Below `/console/WORKSPACE/`; what begins with a slash is a whole path. */
  readonly path: string;
  /** Its first heading: with that and without skeletons it is there. */
  readonly title: string;
  /** What a person does before the look: opens a row, a dialog, a menu. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const click = (role: 'button' | 'menuitem' | 'tab', name: string | RegExp) => async (page: Page) =>
  await page.getByRole(role, { name }).first().click();

/** Of a workspace in which nothing has happened yet: what the pages teach. */
export const emptyPages: readonly Shown[] = [
  { name: 'deliveries-empty', path: 'deliveries', title: 'Deliveries' },
  { name: 'jobs-empty', path: 'jobs', title: 'Jobs' },
  { name: 'stuck-empty', path: 'stuck', title: 'Needs a hand' },
  { name: 'plugin-set-up', path: 'plugins/threecx', title: '3CX' },
];

/** Of a workspace at work. A new page of the console is one more line here. */
export const workPages: readonly Shown[] = [
  { name: 'status', path: 'status', title: 'Status' },
  { name: 'stuck', path: 'stuck', title: 'Needs a hand' },
  { name: 'stuck-edit', path: 'stuck', title: 'Needs a hand', prepare: click('button', 'Details') },
  { name: 'stuck-writes', path: 'stuck', title: 'Needs a hand', prepare: click('tab', /^Writes/) },
  { name: 'plugins', path: 'plugins', title: 'Plugins' },
  { name: 'ai-off', path: 'ai', title: 'Preparations for AI' },
  { name: 'plugin', path: 'plugins/threecx', title: '3CX' },
  { name: 'plugin-pause', path: 'plugins/threecx', title: '3CX', prepare: click('button', 'Pause') },
  { name: 'deliveries', path: 'deliveries', title: 'Deliveries' },
  { name: 'deliveries-none-match', path: 'deliveries?search=nothing-like-it', title: 'Deliveries' },
  { name: 'jobs', path: 'jobs', title: 'Jobs' },
  { name: 'roles', path: 'roles', title: 'Roles and permissions' },
  { name: 'roles-members', path: 'roles', title: 'Roles and permissions', prepare: click('button', 'Agent') },
  { name: 'security', path: 'security', title: 'Sign-in and security' },
  { name: 'audit', path: 'audit', title: 'Audit log', prepare: click('button', 'Verify the chain') },
  { name: 'not-there', path: 'no-such-page', title: 'This page does not exist.' },
];

/** What somebody sees who is not signed in. */
export const entrancePages: readonly Shown[] = [
  { name: 'sign-in', path: '/console/sign-in', title: 'Choose your workspace' },
  {
    name: 'second-factor',
    path: '/console/sign-in?problem=two-factor-required&workspace=acme',
    title: 'Your account needs a second factor',
  },
  { name: 'signed-out', path: '/console/sign-in?out=true&workspace=acme', title: 'You are signed out' },
  { name: 'set-up-closed', path: '/console/setup', title: 'Set up Switchboard' },
];

/** What the operator sees behind a set-up link. */
export const operatorPages: readonly Shown[] = [
  { name: 'workspaces', path: '/console/setup', title: 'Workspaces' },
  {
    name: 'set-up',
    path: '/console/setup',
    title: 'Workspaces',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect another workspace' }).click();
      await page.getByRole('textbox', { name: /^Name/ }).fill('Harbour Housing');
    },
  },
  {
    name: 'set-up-refused',
    path: '/console/setup',
    title: 'Workspaces',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect again' }).click();
      await page.getByRole('textbox', { name: 'API key' }).fill('not-a-key');
      await page.getByRole('checkbox', { name: /Install the Switchboard app/ }).uncheck();
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByText('Not connected yet').waitFor();
    },
  },
];
