import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { useHttpMock } from '@switchboard/testing/http-mock';
import { explain } from '../../client/errors.ts';
import { mailboxRules } from '../../mailbox-rules.ts';
import { createAccessTokens } from '../../mailboxes/access-tokens.ts';
import { grantName } from '../../mailboxes/book.ts';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import { mailboxSettings } from '../../mailboxes/settings.ts';
import { type MailHub, startMailHub } from '../mail-hub.ts';

const http = useHttpMock();
const google = 'https://oauth2.googleapis.com';

describe('the sign-in with a provider', () => {
  let hub: MailHub;
  beforeAll(async () => {
    hub = await startMailHub({ googleClientId: 'client-1', googleSecret: 'client-secret' });
  }, 60_000);
  afterAll(async () => await hub.close());

  const ask = async (path: string, body: object) =>
    await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/doors${path}`, body);
  const current = async ({ id }: Mailbox) => await hub.context.services.mailboxes.get(id);

  async function add(name: string): Promise<Mailbox> {
    const server = { host: 'imap.gmail.com', port: 993, security: 'tls' };
    return await hub.context.services.mailboxes.add({
      kind: 'desk',
      ownerId: undefined,
      name,
      address: `${name}@gmail.com`,
      auth: 'google',
      settings: mailboxSettings.parse({ imap: server, smtp: server }),
      rules: mailboxRules.parse({}),
      password: undefined,
    });
  }

  /** What the provider sends the owner back with. */
  async function beginSignIn(mailbox: Mailbox): Promise<URL> {
    const { body } = await ask('/mailboxes/sign-in', { id: mailbox.id });
    return new URL((body as { url: string }).url);
  }
  const comeBack = async (query: Record<string, string>, language = 'en') =>
    await fetch(`${hub.url}/hooks/${TEST_TENANT}/mail/signed-in?${new URLSearchParams(query)}`, {
      headers: { 'accept-language': language },
    });

  test('connects the mailbox, once for each time somebody was sent there', async () => {
    const mailbox = await add('signed-in');
    expect(mailbox.state).toBe('needs-authorisation');
    const { searchParams } = await beginSignIn(mailbox);
    const state = searchParams.get('state') ?? '';
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'client-1',
      scope: 'https://mail.google.com/',
      access_type: 'offline',
      code_challenge_method: 'S256',
      login_hint: 'signed-in@gmail.com',
      redirect_uri: `${hub.url}/hooks/${TEST_TENANT}/mail/signed-in`,
    });
    expect((await comeBack({ state: 'guessed', code: 'code-1' })).status).toBe(401);
    let form = new URLSearchParams();
    http
      .on(google)
      .post('/token', (body: Record<string, string>) => {
        form = new URLSearchParams(body);
        return true;
      })
      .reply(200, { access_token: 'access-1', expires_in: 3600, refresh_token: 'refresh-1' });
    expect((await comeBack({ state, code: 'code-1' })).status).toBe(200);
    await waitFor('the mailbox', async () => (await current(mailbox)).isActive);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    expect(challenge).toBe(searchParams.get('code_challenge'));
    expect((await comeBack({ state, code: 'code-1' })).status).toBe(401);
    // Nothing of it lies in the database for everybody to read.
    const { rows } = await hub.hub.database.pool.query(
      `select (select jsonb_agg(f) from plugin_fact f)::text || (select jsonb_agg(m) from mail_mailbox m)::text
         || (select jsonb_agg(j) from job j)::text || (select jsonb_agg(s) from secret s)::text as all`,
    );
    for (const secret of ['refresh-1', 'access-1', 'code-1', state, 'client-secret'])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('that the owner refuses connects nothing', async () => {
    const mailbox = await add('refused');
    const state = (await beginSignIn(mailbox)).searchParams.get('state') ?? '';
    const page = await comeBack({ state, error: 'access_denied' });
    expect(await page.text()).toContain('not connected');
    const dutch = await comeBack({ state, error: 'access_denied' }, 'nl-NL,en;q=0.8');
    expect(await dutch.text()).toMatch(/lang="nl".*Het postvak is niet verbonden/);
    expect((await current(mailbox)).state).toBe('needs-authorisation');
  });

  test('is renewed once however many ask, and goes on with the newest refresh token', async () => {
    const mailbox = await add('renewed');
    await hub.context.services.mailboxes.authorise(mailbox.id, '6a1f2c5e-52a2-4d0c-9f3a-0c8f6f3f9a11', 'refresh-1');
    const signedIn = await current(mailbox);
    const used: string[] = [];
    const renew = (accessToken: string, refreshToken: string) =>
      http
        .on(google)
        .post('/token', (body: Record<string, string>) => {
          used.push(body['refresh_token'] ?? '');
          return true;
        })
        .reply(200, { access_token: accessToken, expires_in: 3600, refresh_token: refreshToken });
    renew('access-1', 'refresh-2');
    // Two processes of the hub know nothing of each other but what the database tells.
    const [one, other] = [createAccessTokens(hub.context), createAccessTokens(hub.context)];
    const tokens = await Promise.all([one.get(signedIn), other.get(signedIn), one.get(signedIn)]);
    expect(tokens).toEqual(['access-1', 'access-1', 'access-1']);
    renew('access-2', 'refresh-3');
    expect(await one.get(signedIn, 'access-1')).toBe('access-2');
    expect(used).toEqual(['refresh-1', 'refresh-2']);
    expect(await hub.context.vault.get(grantName(signedIn.grantId ?? ''))).toBe('refresh-3');
  });

  test('that is not in force any more has the owner asked to sign in again', async () => {
    const mailbox = await add('revoked');
    await hub.context.services.mailboxes.authorise(mailbox.id, 'a3c7b2d4-7d0f-4a3b-8c55-1f0e9d8c7b6a', 'refresh-1');
    const signedIn = await current(mailbox);
    http.on(google).post('/token').reply(400, { error: 'invalid_grant' });
    await expect(createAccessTokens(hub.context).get(signedIn)).rejects.toMatchObject({
      trouble: 'credentials',
      remedy: expect.stringContaining('sign in') as unknown as string,
    });
  });

  test('for somebody else is explained', () => {
    const said = { authenticationFailed: true, responseText: 'User is authenticated but not connected.' };
    expect(explain(said, { host: 'outlook.office365.com', port: 993 })).toMatchObject({
      trouble: 'not-connected',
      remedy: expect.stringContaining('sign in as the mailbox itself') as unknown as string,
    });
  });
});
