import type { Clock, Logger } from '../contract/context.ts';
import { ConfigError, CredentialsError, SwitchboardError, UpstreamError } from '../contract/errors.ts';
import type { CredentialKind } from './budget.ts';
import type { TwentyClient } from './twenty/client.ts';
import { mintRequest, renewRequest } from './twenty/operations.ts';

export type Credential = { readonly kind: CredentialKind; readonly token: string };

/**
 * The two keys to a workspace. Records go by the token of our installed application where there is one, because Twenty does not
 * count its calls (2.21, measured); the API key mints that token and does the administration. Either alone must do.
 */
export interface Credentials {
  /** The best credential for the records of an object. @throws CredentialsError when none is left */
  readonly forRecords: (object: string, signal: AbortSignal) => Promise<Credential>;
  readonly forAdministration: (signal: AbortSignal) => Promise<Credential>;
  /** The server does not accept it any more. */
  readonly rejected: (credential: Credential) => void;
  /** It may not do that to this object. @returns whether the other one is worth a try */
  readonly denied: (credential: Credential, object: string) => boolean;
  readonly state: () => CredentialState;
}

export type CredentialState = {
  readonly apiKey: 'ok' | 'refused' | 'none';
  readonly application: 'ok' | 'refused' | 'none';
};

export interface CredentialsOptions {
  readonly client: TwentyClient;
  readonly apiKey: string | undefined;
  readonly applicationId: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Keeps the refresh token (60 days), with which an application goes on when the API key has expired. */
  readonly refreshToken: {
    readonly get: () => Promise<string | undefined>;
    readonly set: (token: string) => Promise<void>;
  };
}

type ApplicationToken = { readonly token: string; readonly expiresAt: number };

/** Tokens live 30 minutes (Twenty 2.21, measured); a batch under way should not run into the end. */
const renewBeforeMs = 3 * 60_000;

/** How long an application that cannot get a token is left alone. */
const restMs = 10 * 60_000;

export function createCredentials(options: CredentialsOptions): Credentials {
  const { client, apiKey, applicationId, clock, log, refreshToken } = options;
  let apiKeyRefused = false;
  let applicationToken: ApplicationToken | undefined;
  let applicationRefused = false;
  let restUntil = 0;
  let minting: Promise<ApplicationToken | undefined> | undefined;
  const deniedObjects: Record<CredentialKind, Set<string>> = { apiKey: new Set(), application: new Set() };

  async function mint(signal: AbortSignal): Promise<ApplicationToken | undefined> {
    if (applicationId === undefined) return undefined;
    try {
      const pair = await requestPair(applicationId, signal);
      if (pair === undefined) return undefined;
      await refreshToken.set(pair.applicationRefreshToken.token);
      const { token, expiresAt } = pair.applicationAccessToken;
      applicationRefused = false;
      return { token, expiresAt: Date.parse(expiresAt) };
    } catch (error) {
      if (!(error instanceof SwitchboardError) || error instanceof UpstreamError) throw error;
      log.warn({ code: error.code }, 'Twenty gives no token for the application');
      restUntil = clock.now() + restMs;
      return undefined;
    }
  }

  async function requestPair(id: string, signal: AbortSignal): Promise<TokenPair | undefined> {
    if (apiKey !== undefined && !apiKeyRefused) {
      const { data } = await client.metadata(apiKey, mintRequest(id), signal);
      return data['generateApplicationToken'] as TokenPair;
    }
    const stored = await refreshToken.get();
    if (stored === undefined) return undefined;
    const { data } = await client.metadata(stored, renewRequest(stored), signal);
    return data['renewApplicationToken'] as TokenPair;
  }

  async function application(signal: AbortSignal): Promise<Credential | undefined> {
    if (applicationId === undefined || clock.now() < restUntil) return undefined;
    if (applicationToken === undefined || applicationToken.expiresAt - clock.now() < renewBeforeMs) {
      minting ??= mint(signal).finally(() => (minting = undefined));
      applicationToken = await minting;
    }
    return applicationToken && { kind: 'application', token: applicationToken.token };
  }

  const key = (): Credential | undefined =>
    apiKey === undefined || apiKeyRefused ? undefined : { kind: 'apiKey', token: apiKey };

  const orFail = (credential: Credential | undefined): Credential => {
    if (credential !== undefined) return credential;
    if (apiKey === undefined) throw new ConfigError('the tenant has no API key for Twenty', { remedy: connectRemedy });
    throw new CredentialsError('Twenty refuses the API key', { remedy: connectRemedy });
  };

  return {
    forRecords: async (object, signal) => {
      const allowed = (credential: Credential | undefined) =>
        credential !== undefined && !deniedObjects[credential.kind].has(object) ? credential : undefined;
      return orFail(allowed(await application(signal)) ?? allowed(key()) ?? (await application(signal)) ?? key());
    },
    forAdministration: async (signal) => orFail(key() ?? (await application(signal))),
    rejected: (credential) => {
      if (credential.kind === 'apiKey') {
        apiKeyRefused = true;
      } else if (applicationToken?.token === credential.token) {
        // An expired or revoked token is minted anew once; when the new one is refused too, the application rests.
        applicationToken = undefined;
        if (applicationRefused) restUntil = clock.now() + restMs;
        applicationRefused = true;
      }
    },
    denied: ({ kind }, object) => {
      deniedObjects[kind].add(object);
      const other: CredentialKind = kind === 'apiKey' ? 'application' : 'apiKey';
      const exists = other === 'apiKey' ? key() !== undefined : applicationToken !== undefined;
      return exists && !deniedObjects[other].has(object);
    },
    state: () => ({
      apiKey: apiKey === undefined ? 'none' : apiKeyRefused ? 'refused' : 'ok',
      application: applicationId === undefined ? 'none' : clock.now() < restUntil ? 'refused' : 'ok',
    }),
  };
}

type TokenPair = {
  applicationAccessToken: { token: string; expiresAt: string };
  applicationRefreshToken: { token: string; expiresAt: string };
};

const connectRemedy = 'connect the workspace again with a valid API key: npm run hub -- tenant connect';
