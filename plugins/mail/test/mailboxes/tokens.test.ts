import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CutProxy, type Dovecot, startCutProxy, startDovecot, waitFor } from '@switchboard/testing';
import { useHttpMock } from '@switchboard/testing/http-mock';
import { SMTPServer } from 'smtp-server';
import { check } from '../../check.ts';
import { signInToSmtp } from '../../client/smtp-probe.ts';
import { mailboxRules } from '../../mailbox-rules.ts';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import { mailboxSettings } from '../../mailboxes/settings.ts';
import { holdAll } from '../../receive/hold-all.ts';
import { type MailHub, simpleMail, startMailHub, storedMessages } from '../mail-hub.ts';

const http = useHttpMock();

/** Tokens that the provider has given out and that are in force. */
const inForce = new Set<string>();
const introspection = createServer((request, response) => {
  void text(request).then((body) => {
    const active = inForce.has(new URLSearchParams(body).get('token') ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ active, ...(active && { username: 'desk@example.com' }) }));
  });
}).listen(0, '127.0.0.1');
await once(introspection, 'listening');
const introspectionUrl = `http://127.0.0.1:${(introspection.address() as AddressInfo).port}/introspect`;

afterAll(() => {
  introspection.close();
  introspection.closeAllConnections();
});

const server = await startDovecot({ introspectionUrl });
const describeWith = server.port === undefined ? describe.skip : describe;

describeWith(`signing in with a token${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let hub: MailHub;
  let proxy: CutProxy;
  let mailbox: Mailbox;

  beforeAll(async () => {
    hub = await startMailHub({ googleClientId: 'client-1', googleSecret: 'client-secret' });
    proxy = await startCutProxy(dovecot.port);
    const place = { host: 'localhost', port: proxy.port, security: 'tls' };
    mailbox = await hub.context.services.mailboxes.add({
      kind: 'desk',
      ownerId: undefined,
      name: 'Desk',
      address: 'desk@example.com',
      auth: 'google',
      settings: mailboxSettings.parse({ imap: place, smtp: place, ca: dovecot.ca }),
      rules: mailboxRules.parse({}),
      password: undefined,
    });
  }, 60_000);
  afterAll(async () => {
    await proxy.close();
    await hub.close();
    await dovecot.close();
  });

  const current = async () => await hub.context.services.mailboxes.get(mailbox.id);
  const arrived = async (count: number) => (await storedMessages(hub.context, mailbox)).length === count;
  const grants = (accessToken: string, expected: string) =>
    http
      .on('https://oauth2.googleapis.com')
      .post('/token', (body: Record<string, string>) => {
        if (body['refresh_token'] !== expected) return false;
        inForce.add(accessToken);
        return true;
      })
      .reply(200, { access_token: accessToken, expires_in: 3600 });
  /** The provider ends all tokens, and the line breaks as it does some time or other. */
  const end = () => {
    inForce.clear();
    proxy.cut();
  };

  test('goes on with a new token where one has ended, and waits for its owner where access was taken away', async () => {
    const stop = new AbortController();
    const held = holdAll(hub.holding, 3_600_000, stop.signal);
    try {
      grants('access-1', 'refresh-1');
      await hub.context.services.mailboxes.authorise(mailbox.id, crypto.randomUUID(), 'refresh-1');
      await waitFor('the first pass', async () => (await current()).lastSuccessAt);
      await dovecot.deliver('desk@example.com', simpleMail('first'));
      await waitFor('the first mail', async () => await arrived(1));

      grants('access-2', 'refresh-1');
      end();
      await dovecot.deliver('desk@example.com', simpleMail('second'));
      await waitFor('the second mail', async () => await arrived(2));
      expect((await current()).state).toBe('active');

      http.on('https://oauth2.googleapis.com').post('/token').reply(400, { error: 'invalid_grant' });
      end();
      await waitFor('the prompt', async () => (await current()).state === 'needs-authorisation');
      expect((await current()).stateReason).toContain('sign in again');
      const [line] = await check(hub.context, AbortSignal.timeout(10_000));
      expect(line).toMatchObject({ state: 'failed', remedy: 'Have its owner sign in again.' });
      const before = proxy.connections();
      await dovecot.deliver('desk@example.com', simpleMail('third'));

      grants('access-3', 'refresh-2');
      await hub.context.services.mailboxes.authorise(mailbox.id, crypto.randomUUID(), 'refresh-2');
      await waitFor('the third mail', async () => await arrived(3));
      // Nobody knocked at the server while the owner was asked.
      expect(proxy.connections() - before).toBeLessThanOrEqual(3);
    } finally {
      stop.abort();
      await held;
    }
  }, 60_000);

  test('of a server for sending that has ended is renewed, too', async () => {
    const seen: string[] = [];
    const smtp = new SMTPServer({
      authMethods: ['XOAUTH2'],
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onAuth({ accessToken = '' }, _session, done) {
        seen.push(accessToken);
        if (inForce.has(accessToken)) done(null, { user: 'desk' });
        else done(null, { data: { status: '401', schemes: 'bearer' } });
      },
    });
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    inForce.clear();
    grants('access-4', 'refresh-2');
    const { port } = smtp.server.address() as AddressInfo;
    const { auth } = await hub.context.services.accounts.smtp(await current());
    await signInToSmtp({ options: { host: '127.0.0.1', port, secure: false }, auth }, AbortSignal.timeout(10_000));
    expect(seen).toEqual(['access-3', 'access-4']);
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });
});
