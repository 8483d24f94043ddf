import { createHash } from 'node:crypto';
import { ConfigError, type HttpClient, UpstreamError } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { MailServerError } from './errors.ts';

export type Provider = 'google' | 'microsoft';

/** What a provider hands out. */
export type Grant = {
  readonly accessToken: string;
  readonly expiresAt: Date;
  /** Undefined where the one before stays in force. */
  readonly refreshToken: string | undefined;
};

type SignInRequest = {
  readonly redirectUri: string;
  readonly state: string;
  /** Of PKCE: only who has made the address can use what comes back. */
  readonly verifier: string;
  readonly address: string;
};

/** The sign-in of one provider for one tenant. */
export type OAuth = {
  /** Where the owner of the mailbox signs in. */
  readonly authoriseUrl: (request: SignInRequest) => string;
  readonly exchange: (code: string, redirectUri: string, verifier: string, signal: AbortSignal) => Promise<Grant>;
  /** @throws MailServerError when somebody has to sign in again */
  readonly refresh: (refreshToken: string, signal: AbortSignal) => Promise<Grant>;
};

type Client = {
  readonly name: string;
  readonly id: string;
  readonly secret: string;
  readonly authorise: string;
  readonly token: string;
  readonly scope: string;
  /** Without them there is no refresh token, or none the second time. */
  readonly extra: Readonly<Record<string, string>>;
};

/** @throws ConfigError while the tenant has no client of that provider */
export function createOAuth(provider: Provider, config: Config, http: HttpClient): OAuth {
  const client = provider === 'google' ? googleClient(config) : microsoftClient(config);
  const ask = async (form: Record<string, string>, signal: AbortSignal) =>
    await askToken(client, http, { client_id: client.id, client_secret: client.secret, ...form }, signal);
  return {
    authoriseUrl({ redirectUri, state, verifier, address }) {
      const url = new URL(client.authorise);
      const query = {
        client_id: client.id,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: client.scope,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        login_hint: address,
        ...client.extra,
      };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },
    exchange: async (code, redirectUri, verifier, signal) =>
      await ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }, signal),
    refresh: async (refreshToken, signal) =>
      await ask({ grant_type: 'refresh_token', refresh_token: refreshToken, scope: client.scope }, signal),
  };
}

function googleClient({ googleClientId, googleSecret }: Config): Client {
  if (googleClientId === undefined || googleSecret === undefined) throw noClient('Google', 'google');
  return {
    name: 'Google',
    id: googleClientId,
    secret: googleSecret,
    authorise: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
    extra: { access_type: 'offline', prompt: 'consent' },
  };
}

function microsoftClient({ microsoftClientId, microsoftSecret, microsoftTenant }: Config): Client {
  if (microsoftClientId === undefined || microsoftSecret === undefined) throw noClient('Microsoft', 'microsoft');
  const base = `https://login.microsoftonline.com/${microsoftTenant}/oauth2/v2.0`;
  const scopes = ['IMAP.AccessAsUser.All', 'SMTP.Send'].map((name) => `https://outlook.office.com/${name}`);
  return {
    name: 'Microsoft',
    id: microsoftClientId,
    secret: microsoftSecret,
    authorise: `${base}/authorize`,
    token: `${base}/token`,
    scope: [...scopes, 'offline_access'].join(' '),
    extra: { prompt: 'select_account' },
  };
}

function noClient(name: string, prefix: string): ConfigError {
  return new ConfigError(`The plugin has no client for the sign-in with ${name}`, {
    field: `config.${prefix}ClientId`,
    remedy: `Register an application with ${name}, and enter ${prefix}ClientId and ${prefix}Secret in the settings of the plugin.`,
  });
}

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().min(1).optional(),
});
const refused = z.object({ error: z.string() });

async function askToken(
  { name, token }: Client,
  http: HttpClient,
  form: Record<string, string>,
  signal: AbortSignal,
): Promise<Grant> {
  const askedAt = Date.now();
  const answer = await http(token, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    accept: [400, 401, 403],
    signal,
  });
  if (answer.status >= 400) throw refusal(name, refused.safeParse(answer.json()).data?.error ?? `${answer.status}`);
  const grant = granted.safeParse(answer.json());
  if (!grant.success) throw new UpstreamError(`${name} answered something that is no token`);
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = grant.data;
  return { accessToken, expiresAt: new Date(askedAt + seconds * 1000), refreshToken };
}

function refusal(name: string, error: string): Error {
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new ConfigError(`${name} does not accept the client (${error})`, {
      remedy: 'Enter the id and the secret of the client anew; secrets of Microsoft expire.',
    });
  }
  if (error === 'invalid_grant' || error === 'interaction_required' || error === 'consent_required') {
    return new MailServerError(
      'credentials',
      `${name} wants the owner of the mailbox to sign in again (${error})`,
      'Open the sign-in of the mailbox once more and sign in as the mailbox itself.',
    );
  }
  return new UpstreamError(`${name} gave no token (${error})`);
}
