import { decodeJwt } from 'jose';
import { z } from 'zod';

/** What a token says of itself. True only once Twenty has accepted the token. */
export type Claims = z.output<typeof claims>;

const claims = z.object({
  type: z.string(),
  workspaceId: z.guid().toLowerCase(),
  applicationId: z.guid().toLowerCase().optional(),
  /** Seconds since the epoch. */
  exp: z.number(),
});

/** A front component's token has about 700 characters (Twenty 2.21, measured). */
const longest = 4096;

/** @returns undefined when it is no token of Twenty */
export function readClaims(token: string): Claims | undefined {
  if (token.length > longest) return undefined;
  try {
    return claims.parse(decodeJwt(token));
  } catch {
    return undefined;
  }
}
