import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { Store } from '../store.ts';

export type SigningKey = { id: string; privateKey: CryptoKey; publicKey: CryptoKey };

/** The server's ES256 key. It is made once and stored, so that tokens stay good when the server restarts. */
export async function openSigningKey(store: Store): Promise<SigningKey> {
  const stored = (await readKey(store)) ?? (await storeNewKey(store));
  const { d: _secret, ...publicJwk } = stored.jwk;
  return {
    id: stored.id,
    privateKey: (await importJWK(stored.jwk, 'ES256')) as CryptoKey,
    publicKey: (await importJWK(publicJwk, 'ES256')) as CryptoKey,
  };
}

type StoredKey = { id: string; jwk: JWK };

async function readKey(store: Store): Promise<StoredKey | undefined> {
  const { rows } = await store.query<StoredKey>('select id, jwk from signing_key');
  return rows[0];
}

async function storeNewKey(store: Store): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  // The table holds one row at most: of two servers starting together the second one takes the key of the first.
  await store.query('insert into signing_key (id, jwk) values ($1, $2) on conflict do nothing', [randomUUID(), jwk]);
  const stored = await readKey(store);
  if (stored === undefined) throw new Error('The signing key was not stored');
  return stored;
}
