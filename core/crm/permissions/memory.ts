import { LRUCache } from 'lru-cache';
import type { Executor } from '../../store/database.ts';
import { findRole, type KnownRole } from './store.ts';

/** Roles of some hundred workspaces; those longest not asked for make room. */
const most = 1000;

/**
 * What is known of roles, kept in memory for as long as it is what the database has: who has just seen there which version is the present one says
 * so, and only another one is read. Nothing is believed for a time, so nobody has to be told of a change.
 *
 * @returns given null as version, reads
 */
export function createRoleMemory(
  db: Executor,
): (tenantId: string, roleId: string, version: string | null) => Promise<KnownRole> {
  const kept = new LRUCache<string, KnownRole>({ max: most });
  return async (tenantId, roleId, version) => {
    const name = `${tenantId}/${roleId}`;
    const known = kept.get(name);
    if (known !== undefined && version !== null && known.version === version) return known;
    const found = await findRole(db, tenantId, roleId);
    kept.set(name, found);
    return found;
  };
}
