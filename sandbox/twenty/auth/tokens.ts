import { jwtVerify, SignJWT } from 'jose';
import { errors as joseErrors } from 'jose';
import { TokenError } from './errors.ts';
import type { SigningKey } from './signing-key.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Seconds a token lives, by kind (Twenty 2.21, measured). API keys carry their own expiry. */
export const TOKEN_LIFETIMES = {
  ACCESS: 30 * MINUTE,
  REFRESH: 60 * DAY,
  LOGIN: 15 * MINUTE,
  APPLICATION_ACCESS: 30 * MINUTE,
  APPLICATION_REFRESH: 60 * DAY,
  FILE: DAY,
  FILE_UPLOAD: 15 * MINUTE,
} as const;

export type TokenType = keyof typeof TOKEN_LIFETIMES | 'API_KEY';

/** The claims of every kind of token; which are present depends on `type`. */
export type TokenClaims = {
  type: TokenType;
  sub: string;
  workspaceId: string;
  userId?: string;
  userWorkspaceId?: string;
  workspaceMemberId?: string;
  applicationId?: string;
  authProvider?: 'password';
  isImpersonating?: false;
  targetedTokenType?: 'ACCESS';
  fileId?: string;
  jti?: string;
};

export type IssuedToken = { token: string; expiresAt: string };
export type VerifiedClaims = TokenClaims & { iat: number; exp: number };

export interface Tokens {
  /** Signs the claims; without `expiresAt` the token lives as long as its kind does. */
  sign(claims: TokenClaims, expiresAt?: Date): Promise<IssuedToken>;
  /** Reads a token of one of the given kinds. Throws TokenError when it is not one, is forged or has expired. */
  verify(token: string, kinds: readonly TokenType[]): Promise<VerifiedClaims>;
}

export function createTokens(key: SigningKey, now: () => Date): Tokens {
  return {
    async sign(claims, expiresAt) {
      const issued = now();
      const expiry = expiresAt ?? new Date(issued.getTime() + lifetimeOf(claims.type) * 1000);
      const { sub, jti, ...rest } = claims;
      const jwt = new SignJWT({ ...rest, ...(jti === undefined ? {} : { jti }) })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: key.id })
        .setSubject(sub)
        .setIssuedAt(Math.floor(issued.getTime() / 1000))
        .setExpirationTime(Math.floor(expiry.getTime() / 1000));
      return { token: await jwt.sign(key.privateKey), expiresAt: expiry.toISOString() };
    },

    async verify(token, kinds) {
      try {
        const { payload } = await jwtVerify<VerifiedClaims>(token, key.publicKey, { currentDate: now() });
        if (!kinds.includes(payload.type)) throw new TokenError('Token invalid.');
        return payload;
      } catch (error) {
        if (error instanceof joseErrors.JWTExpired) throw new TokenError('Token has expired.');
        throw new TokenError('Token invalid.', { cause: error });
      }
    },
  };
}

function lifetimeOf(type: TokenType): number {
  if (type === 'API_KEY') throw new RangeError('An API key token needs an expiry date');
  return TOKEN_LIFETIMES[type];
}
