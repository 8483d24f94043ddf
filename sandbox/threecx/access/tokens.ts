import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Settings } from '../settings.ts';
import { type Principal, type Principals, roleOf } from './principals.ts';

/** One live token per client: a new one kills the one before it at once. */
export type Tokens = {
  /** @returns undefined when no client has that key */
  readonly mint: (clientId: string, secret: string) => Promise<string | undefined>;
  /** Mints for somebody who knows the key as well: a second hub, a test with curl. */
  readonly supersede: (clientId: string) => Promise<boolean>;
  /** @returns undefined for a token that is unknown, superseded or expired */
  readonly holder: (token: string | undefined) => Principal | undefined;
  /** Hears of every token that a newer one killed. */
  readonly onDeath: (listener: (token: string) => void) => void;
};

type Live = { readonly token: string; readonly expiresAt: number };

export function createTokens(principals: Principals, settings: Settings, now: () => number): Tokens {
  const key = randomBytes(32);
  const live = new Map<string, Live>();
  const holders = new Map<string, string>();
  const listeners: ((token: string) => void)[] = [];

  async function issue(principal: Principal): Promise<string> {
    const issuedAt = Math.floor(now() / 1000);
    const expiresAt = issuedAt + settings.current().tokenSeconds;
    const token = await new SignJWT({ client_id: principal.clientId, role: roleOf(principal), scope: 'PBX' })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(key);
    const earlier = live.get(principal.clientId);
    live.set(principal.clientId, { token, expiresAt: expiresAt * 1000 });
    holders.set(token, principal.clientId);
    if (earlier !== undefined) kill(earlier.token);
    return token;
  }

  function kill(token: string): void {
    holders.delete(token);
    for (const listener of listeners) listener(token);
  }

  return {
    async mint(clientId, secret) {
      const principal = principals.find(clientId);
      if (principal === undefined || !sameText(principal.secret, secret)) return undefined;
      return await issue(principal);
    },
    async supersede(clientId) {
      const principal = principals.find(clientId);
      if (principal === undefined) return false;
      await issue(principal);
      return true;
    },
    holder(token) {
      const clientId = token === undefined ? undefined : holders.get(token);
      if (clientId === undefined) return undefined;
      const expiresAt = live.get(clientId)?.expiresAt ?? 0;
      return expiresAt > now() ? principals.find(clientId) : undefined;
    },
    onDeath: (listener) => void listeners.push(listener),
  };
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
