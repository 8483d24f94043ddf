export { createKeyring } from './seal.ts';
export type { Keyring, SecretPlace } from './seal.ts';
export { createSecrets } from './secrets.ts';
export type { Rotation, Secrets } from './secrets.ts';
