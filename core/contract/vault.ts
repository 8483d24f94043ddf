/**
 * Secrets that a plugin comes by while it works, such as the password of one of several accounts: encrypted in the database, bound to (tenant,
 * plugin, name). Secrets that an admin enters once per tenant are settings, see `secret()`.
 */
export interface Vault {
  /** @param name up to 200 characters */
  readonly get: (name: string) => Promise<string | undefined>;
  readonly set: (name: string, value: string) => Promise<void>;
  readonly delete: (name: string) => Promise<void>;
}

/** A change of the vault that is committed together with everything else. A value of `undefined` deletes. */
export interface VaultChange {
  readonly name: string;
  readonly value: string | undefined;
}
