export { createKeyring } from './seal.ts';
export type { SecretPlace } from './seal.ts';
export { createSecrets } from './secrets.ts';
export type { Secrets } from './secrets.ts';
