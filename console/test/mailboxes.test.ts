import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnyPlugin, definePlugin } from '@switchboard/core/contract';
import { plugin as mail } from '@switchboard/plugin-mail';
import { type Dovecot, startDovecot } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { opened } from './pages/look.ts';
import { windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/** An administrator connects a mailbox without the command line: a real IMAP server, and a real one for sending. */

const dovecot = browserPath === undefined ? undefined : await startDovecot();
const isReady = dovecot !== undefined && dovecot.port !== undefined;
const inBrowser = isReady ? describe : describe.skip;
const PATIENCE_MS = 60_000;

let world: World;
let smtp: SMTPServer;
let admin: Page;

beforeAll(async () => {
  if (!isReady) return;
  smtp = await startSmtp(dovecot);
  world = await openWorld({ plugins: [withOwnRecords(dovecot, (smtp.server.address() as AddressInfo).port)] });
  await world.hub.hub.admin.plugins.enable(TEST_TENANT, 'mail', { internalHosts: 'localhost' }, 'test');
  await world.mirrored();
  admin = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  await signInAs(admin, world.admin);
}, 240_000);
afterAll(async () => {
  await world?.close();
  if (!isReady) return;
  await new Promise<void>((resolve) => smtp.close(resolve));
  await dovecot.close();
});

async function startSmtp({ certificate }: Dovecot): Promise<SMTPServer> {
  const server = new SMTPServer({
    secure: true,
    ...certificate,
    onAuth: ({ password }, _session, done) =>
      password === 'password' ? done(null, { user: 'desk' }) : done(new Error('Wrong password')),
  });
  // A probe leaves as soon as it knows.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return server;
}

/** What a domain says about its mail is outside of the test: here it says where the test's own servers are. */
function withOwnRecords({ host, port }: Dovecot, smtpPort: number): AnyPlugin {
  const server = { host, security: 'tls', user: 'desk' } as const;
  const servers = { imap: { ...server, port }, smtp: { ...server, port: smtpPort }, source: 'SRV records' };
  const own = { auth: 'password', ...servers } as const;
  const plugin = definePlugin({
    ...mail,
    setup: (given: Parameters<NonNullable<typeof mail.setup>>[0]) => {
      const services = mail.setup?.(given);
      if (services === undefined) throw new Error('The plugin has no services');
      const { detect } = services;
      const isGoogle = (address: string) => address.startsWith('team');
      return {
        ...services,
        detect: async (address: string, signal: AbortSignal) =>
          isGoogle(address) ? await detect('anybody@gmail.com', signal) : own,
      };
    },
  });
  return plugin;
}

const field = (name: string) => admin.getByRole('textbox', { name });
const press = async (name: string) => await admin.getByRole('button', { name, exact: true }).click();
const stored = async () =>
  (await world.hub.api('GET', `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes`)).body as { mailboxes: object[] };

inBrowser('mailboxes', () => {
  test('one is found, tried with a wrong password, then with the right one, and works', async () => {
    const complaints = complaintsOf(admin);
    await admin.goto(`/console/${TEST_TENANT}/plugins/mail`);
    await admin.getByRole('link', { name: 'To the mailboxes' }).click();
    await opened(admin, 'Mailboxes');
    await admin.getByText('No mailbox yet').waitFor();
    await press('Add a mailbox');
    await press('Find settings');
    await admin.getByText('Please fill this in.').first().waitFor();
    await field('Name of the sender').fill('Service desk');
    await field('E-mail address').fill('desk@example.com');
    await field('E-mail address').press('Enter');
    await admin.getByText('Found: SRV records.').waitFor();
    await field('Certificate authority').fill((dovecot as Dovecot).ca);
    await field('Password').fill('not-the-password');
    await press('Test and add');
    await admin.getByText('It does not work yet, and nothing was saved').waitFor({ timeout: PATIENCE_MS });
    expect(await admin.getByText(/refuses the credentials/).count()).toBe(2);
    await admin.getByRole('button', { name: 'Save anyway' }).waitFor();
    expect((await stored()).mailboxes).toEqual([]);
    expect(await lookAllRound(admin, 'mailbox-new')).toEqual(nothingFound);
    await field('Password').fill('password');
    await press('Test and add');
    await admin.getByText('desk@example.com is added and works.').waitFor({ timeout: PATIENCE_MS });
    await admin.getByText('Working', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await press('Test desk@example.com');
    await admin.getByText('It works', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    expect(await lookAllRound(admin, 'mailboxes')).toEqual(nothingFound);
    expect(complaints).toEqual([]);
  }, 240_000);

  test('a password that is no longer taken is said, and a new one ends it', async () => {
    const [mailbox] = (await stored()).mailboxes as { id: string }[];
    const change = `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes/change`;
    await world.hub.api('POST', change, { id: mailbox?.id, password: 'changed elsewhere' });
    await admin.getByText('Password refused', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await press('New password');
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Password' }).fill('wrong again');
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await dialog.getByText('It does not work yet, and nothing was saved').waitFor({ timeout: PATIENCE_MS });
    expect((await stored()).mailboxes).toMatchObject([{ state: 'needs-authorisation' }]);
    await admin.keyboard.press('Escape');
    const note = admin.getByRole('status').filter({ hasText: 'The mailbox desk@example.com is not read any more' });
    await note.waitFor({ timeout: PATIENCE_MS });
    expect(await lookAllRound(admin, 'mailbox-unattended')).toEqual(nothingFound);
    await note.getByRole('button', { name: 'Enter the new password' }).click();
    await dialog.getByRole('textbox', { name: 'Password' }).fill('password');
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await admin.getByText('The password works and is saved.').waitFor({ timeout: PATIENCE_MS });
    await note.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await admin.getByText('Working', { exact: true }).waitFor({ timeout: PATIENCE_MS });
  }, 240_000);

  test('what is stored of it is changed, and another server is tried with a password of its own alone', async () => {
    await press('Change desk@example.com');
    const dialog = admin.getByRole('dialog');
    const server = dialog.getByRole('group', { name: 'Reading (IMAP)' }).getByRole('textbox', { name: 'Server' });
    await server.fill('imap.example.com');
    await dialog.getByText('This is another mailbox from then on.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await dialog.getByText('Please fill this in.').waitFor();
    expect(await lookAllRound(admin, 'mailbox-change')).toEqual(nothingFound);
    await server.fill((dovecot as Dovecot).host);
    await dialog.getByRole('textbox', { name: 'Password' }).waitFor({ state: 'hidden' });
    await dialog.getByRole('textbox', { name: 'Name of the sender' }).fill('Service team');
    await dialog.getByRole('checkbox', { name: /opens a new case/ }).uncheck();
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await admin.getByText('desk@example.com is changed and works.').waitFor({ timeout: PATIENCE_MS });
    await admin.getByText('Service team <desk@example.com>').waitFor();
    expect((await stored()).mailboxes).toMatchObject([{ name: 'Service team', rules: { opensCases: false } }]);
  }, 240_000);

  test('an address that is there already is refused at its field', async () => {
    await press('Add a mailbox');
    await field('Name of the sender').fill('Once more');
    await field('E-mail address').fill('desk@example.com');
    await press('Find settings');
    await field('Certificate authority').fill((dovecot as Dovecot).ca);
    await field('Password').fill('password');
    await press('Test and add');
    await admin.getByText('There is a mailbox desk@example.com already').waitFor({ timeout: PATIENCE_MS });
    expect(await field('E-mail address').getAttribute('aria-invalid')).toBe('true');
    await press('Cancel');
  }, 120_000);

  test('where the provider wants a sign-in, the page says what is missing for it', async () => {
    await press('Add a mailbox');
    await field('Name of the sender').fill('Team');
    await field('E-mail address').fill('team@example.com');
    await press('Find settings');
    await admin.getByText('The sign-in with Google is not set up yet').waitFor();
    await admin.getByText(/Client id at Google, Client secret at Google/).waitFor();
    expect(await field('Redirect address').inputValue()).toContain(`/hooks/${TEST_TENANT}/mail/signed-in`);
    const { plugins } = world.hub.hub.admin;
    await plugins.configure(TEST_TENANT, 'mail', { googleClientId: 'client-1', googleSecret: 'secret-1' }, 'test');
    await press('Cancel');
    await admin.reload();
    await press('Add a mailbox');
    await field('Name of the sender').fill('Team');
    await field('E-mail address').fill('team@example.com');
    await press('Find settings');
    await press('Add and sign in with Google');
    const link = admin.getByRole('link', { name: 'Sign in with Google' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/accounts\.google\.com\/.*client-1/);
    await admin.keyboard.press('Escape');
    await admin.getByText('Waits for the sign-in').waitFor();
  }, 120_000);

  test('it is paused, goes on, and is removed when that is confirmed', async () => {
    const line = admin.getByRole('listitem').filter({ hasText: 'desk@example.com' });
    await line.getByRole('button', { name: 'Pause' }).click();
    await line.getByText('Paused', { exact: true }).waitFor();
    await line.getByRole('button', { name: 'Go on' }).click();
    await line.getByText('Working', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await line.getByRole('button', { name: 'Remove' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await line.waitFor({ state: 'hidden' });
    expect((await stored()).mailboxes).toMatchObject([{ address: 'team@example.com' }]);
  }, 120_000);
});
