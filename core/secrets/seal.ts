import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigError } from '../contract/errors.ts';

/**
 * The stored form of a secret: `version.key id.nonce.ciphertext.tag`, the last three in base64url. AES-256-GCM under a
 * key of the tenant's own, bound to where it is stored: a row copied to another tenant, plugin or name does not open.
 */

/** Where a secret belongs. `pluginId` is `crm` for the connection to Twenty. */
export interface SecretPlace {
  readonly tenantId: string;
  readonly pluginId: string;
  readonly name: string;
}

export interface Keyring {
  /** The id that new values carry. */
  readonly currentId: string;
  readonly masters: ReadonlyMap<string, Buffer>;
}

const version = '1';
const nonceBytes = 12;
const tagBytes = 16;

/** @param keys master keys of at least 32 bytes; the first seals, all of them open */
export function createKeyring(keys: readonly Buffer[]): Keyring {
  const masters = new Map(keys.map((key) => [keyId(key), key]));
  const [currentId] = masters.keys();
  if (currentId === undefined || keys.some((key) => key.length < 32)) {
    throw new ConfigError('The master key for secrets is missing or shorter than 32 bytes', {
      field: 'HUB_KEY',
      remedy: 'Set HUB_KEY to the output of "openssl rand -base64 32".',
    });
  }
  return { currentId, masters };
}

/** Tells keys apart without telling anything about them. */
function keyId(master: Buffer): string {
  return createHash('sha256').update('switchboard key id').update(master).digest('hex').slice(0, 8);
}

export function seal({ currentId, masters }: Keyring, place: SecretPlace, value: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', tenantKey(masters.get(currentId), place), nonce, {
    authTagLength: tagBytes,
  });
  cipher.setAAD(associatedData(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return [
    version,
    currentId,
    ...[nonce, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.');
}

/** @throws ConfigError when the key is gone, or the value is not the one that was stored in this place */
export function unseal({ masters }: Keyring, place: SecretPlace, sealed: string): string {
  const [format, id = '', ...parts] = sealed.split('.');
  const [nonce, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (format !== version || nonce?.length !== nonceBytes || ciphertext === undefined || tag?.length !== tagBytes) {
    throw damaged(place);
  }
  const master = masters.get(id);
  if (master === undefined) throw keyMissing(place, id);
  const decipher = createDecipheriv('aes-256-gcm', tenantKey(master, place), nonce, { authTagLength: tagBytes });
  decipher.setAAD(associatedData(place));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw damaged(place);
  }
}

/** A key per tenant keeps random nonces far from the number at which they could repeat under one key. */
function tenantKey(master: Buffer | undefined, { tenantId }: SecretPlace): Buffer {
  return Buffer.from(hkdfSync('sha256', master ?? '', '', `switchboard secrets of tenant ${tenantId}`, 32));
}

function associatedData({ tenantId, pluginId, name }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([version, tenantId, pluginId, name]));
}

function keyMissing({ pluginId, name }: SecretPlace, id: string): ConfigError {
  return new ConfigError(`The secret "${name}" of ${pluginId} was encrypted with another key (${id})`, {
    field: 'HUB_KEY',
    remedy: 'Put the old key into HUB_KEY_PREVIOUS, or enter the secret again.',
  });
}

function damaged({ pluginId, name }: SecretPlace): ConfigError {
  return new ConfigError(`The stored secret "${name}" of ${pluginId} was changed or moved and cannot be opened`, {
    remedy: 'Enter the secret again; if nobody moved rows by hand, find out who can write to the database.',
  });
}
