import type { Vault, VaultChange } from '../contract/index.ts';
import type { SecretPlace, Secrets } from '../secrets/index.ts';
import type { Executor } from '../store/database.ts';

interface Owner {
  readonly tenantId: string;
  readonly pluginId: string;
}

/** A plugin's settings are the secrets under its id; what it keeps itself lies apart from them. */
function vaultPlace({ tenantId, pluginId }: Owner, name: string): SecretPlace {
  return { tenantId, pluginId: `${pluginId}/vault`, name };
}

/** The vault of one plugin for one tenant. */
export function createVault(secrets: Secrets, owner: Owner): Vault {
  return {
    get: async (name) => await secrets.get(vaultPlace(owner, name)),
    set: async (name, value) => await secrets.set(vaultPlace(owner, name), value),
    delete: async (name) => await secrets.delete(vaultPlace(owner, name)),
  };
}

/** Changes it inside the caller's transaction. */
export async function changeVault(
  secrets: Secrets,
  transaction: Executor,
  owner: Owner,
  changes: readonly VaultChange[],
): Promise<void> {
  for (const { name, value } of changes) {
    const place = vaultPlace(owner, name);
    await (value === undefined ? secrets.delete(place, transaction) : secrets.set(place, value, transaction));
  }
}
