import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, in letters that a cookie and an address may hold. Nobody guesses it, so a plain hash at rest is enough. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
