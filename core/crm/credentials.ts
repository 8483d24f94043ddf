import type { Clock, Logger } from '../contract/context.ts';
import { ConfigError, CredentialsError, SwitchboardError, UpstreamError } from '../contract/errors.ts';
import type { CredentialKind } from './limits.ts';
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
  readonly accepted: (credential: Credential) => void;
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
  /** Keeps the application's tokens, with which it goes on when the API key has expired. */
  readonly kept: {
    readonly get: () => Promise<ApplicationTokens | undefined>;
    readonly set: (tokens: ApplicationTokens) => Promise<void>;
  };
}

export type ApplicationTokens = {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly refreshToken: string;
};

/** Tokens live 30 minutes (Twenty 2.21, measured); a batch under way should not run into the end. */
const renewBeforeMs = 3 * 60_000;

/** How long an application that cannot get a token, or may not touch an object, is left alone: somebody may put it right. */
const restMs = 10 * 60_000;

/** A key that was refused is tried again now and then: a server that is being set up may refuse everybody. */
const keyRestMs = 60_000;

export function createCredentials(options: CredentialsOptions): Credentials {
  const { client, apiKey, applicationId, clock, log, kept } = options;
  let keyRestsUntil = 0;
  let tokens: ApplicationTokens | undefined;
  let applicationRefused = false;
  let restUntil = 0;
  let minting: Promise<void> | undefined;
  const deniedUntil: Record<CredentialKind, Map<string, number>> = { apiKey: new Map(), application: new Map() };
  const isDenied = (kind: CredentialKind, object: string): boolean =>
    clock.now() < (deniedUntil[kind].get(object) ?? 0);

  const isAlive = ({ expiresAt }: ApplicationTokens): boolean => expiresAt > clock.now();
  const keyIsFine = (): boolean => clock.now() >= keyRestsUntil;

  async function mint(id: string, signal: AbortSignal): Promise<void> {
    try {
      const pair = (await mintByKey(id, signal)) ?? (await renew(signal));
      if (pair === undefined) return;
      const { token, expiresAt } = pair.applicationAccessToken;
      tokens = { token, expiresAt: Date.parse(expiresAt), refreshToken: pair.applicationRefreshToken.token };
      await kept.set(tokens);
    } catch (error) {
      if (!(error instanceof SwitchboardError)) throw error;
      // What is left of the present token is used up before anything stops because of this.
      if (error instanceof UpstreamError && (tokens === undefined || !isAlive(tokens))) throw error;
      log.warn({ code: error.code }, 'Twenty gives no token for the application');
      if (!(error instanceof UpstreamError)) restUntil = clock.now() + restMs;
    }
  }

  async function mintByKey(id: string, signal: AbortSignal): Promise<TokenPair | undefined> {
    if (apiKey === undefined || !keyIsFine()) return undefined;
    try {
      const { data } = await client.metadata(apiKey, mintRequest(id), signal);
      return data['generateApplicationToken'] as TokenPair;
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      keyRestsUntil = clock.now() + keyRestMs;
      return undefined;
    }
  }

  /** The refresh token alone opens nothing: the caller must show a token that is alive (Twenty 2.21, measured). */
  async function renew(signal: AbortSignal): Promise<TokenPair | undefined> {
    const present = tokens ?? (await kept.get());
    if (present === undefined || !isAlive(present)) return undefined;
    const { data } = await client.metadata(present.token, renewRequest(present.refreshToken), signal);
    return data['renewApplicationToken'] as TokenPair;
  }

  async function application(signal: AbortSignal): Promise<Credential | undefined> {
    if (applicationId === undefined) return undefined;
    const isDue = tokens === undefined || tokens.expiresAt - clock.now() < renewBeforeMs;
    if (isDue && clock.now() >= restUntil) {
      minting ??= mint(applicationId, signal).finally(() => (minting = undefined));
      await minting;
    }
    return tokens && isAlive(tokens) ? { kind: 'application', token: tokens.token } : undefined;
  }

  const key = (): Credential | undefined =>
    apiKey === undefined || !keyIsFine() ? undefined : { kind: 'apiKey', token: apiKey };

  const orFail = (credential: Credential | undefined): Credential => {
    if (credential !== undefined) return credential;
    if (apiKey === undefined) throw new ConfigError('the tenant has no API key for Twenty', { remedy: connectRemedy });
    throw new CredentialsError('Twenty refuses the API key', { remedy: connectRemedy });
  };

  return {
    forRecords: async (object, signal) => {
      const allowed = (credential: Credential | undefined) =>
        credential !== undefined && !isDenied(credential.kind, object) ? credential : undefined;
      return orFail(allowed(await application(signal)) ?? allowed(key()) ?? (await application(signal)) ?? key());
    },
    forAdministration: async (signal) => orFail(key() ?? (await application(signal))),
    accepted: ({ kind }) => {
      if (kind === 'application') applicationRefused = false;
    },
    rejected: (credential) => {
      if (credential.kind === 'apiKey') {
        keyRestsUntil = clock.now() + keyRestMs;
      } else if (tokens?.token === credential.token) {
        // An expired or revoked token is minted anew once; when the new one is refused too, the application rests.
        tokens = undefined;
        if (applicationRefused) restUntil = clock.now() + restMs;
        applicationRefused = true;
      }
    },
    denied: ({ kind }, object) => {
      deniedUntil[kind].set(object, clock.now() + restMs);
      const other: CredentialKind = kind === 'apiKey' ? 'application' : 'apiKey';
      const exists = other === 'apiKey' ? key() !== undefined : tokens !== undefined;
      return exists && !isDenied(other, object);
    },
    state: () => ({
      apiKey: apiKey === undefined ? 'none' : keyIsFine() ? 'ok' : 'refused',
      application: applicationId === undefined ? 'none' : clock.now() < restUntil ? 'refused' : 'ok',
    }),
  };
}

type TokenPair = {
  applicationAccessToken: { token: string; expiresAt: string };
  applicationRefreshToken: { token: string; expiresAt: string };
};

const connectRemedy = 'connect the workspace again with a valid API key: npm run hub -- tenant connect';
