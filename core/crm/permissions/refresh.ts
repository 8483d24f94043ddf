import type { Kysely } from 'kysely';
import type { Clock } from '../../contract/context.ts';
import type { Tables } from '../../store/tables.ts';
import { readNamedObjects, readRoles } from './read.ts';
import type { AskMetadata } from './read.ts';
import { resolveChanges, resolveLocked, resolveRights } from './rights.ts';
import type { NamedObject, RoleAnswer } from './rights.ts';
import { storeRoster } from './roster.ts';
import { storeRoles } from './store.ts';

export type RefreshOptions = {
  readonly db: Kysely<Tables>;
  readonly tenantId: string;
  readonly clock: Clock;
  readonly ask: AskMetadata;
};

/** Objects take Twenty ten times as long as roles (2.21, measured: 1.5 s and 150 ms), so they are read more rarely. */
const objectsFreshMs = 5 * 60_000;

/** Reads a tenant's roles and stores what each may read. Objects are read anew when roles changed, or now and then. */
export function createRoleRefresher({ db, tenantId, clock, ask }: RefreshOptions): () => Promise<void> {
  let objects: readonly NamedObject[] = [];
  let objectsReadAt = -Infinity;
  let lastRoles = '';
  return async () => {
    // Taken before the question: a change that Twenty makes meanwhile must not look as if it had been read.
    const readAt = new Date(clock.now());
    const roles = await refreshRoster({ db, tenantId, ask });
    // Members come and go without a change of what roles may read.
    const text = JSON.stringify(roles.map(({ workspaceMembers: _members, ...role }) => role));
    if (text !== lastRoles || clock.now() - objectsReadAt > objectsFreshMs) {
      objects = await readNamedObjects(ask);
      objectsReadAt = clock.now();
      lastRoles = text;
    }
    await storeRoles(db, tenantId, resolveAll(roles, objects), readAt);
  };
}

/** Reads who is a member with which role. Ten times as fast as what each role may read. */
export async function refreshRoster({ db, tenantId, ask }: Omit<RefreshOptions, 'clock'>): Promise<RoleAnswer[]> {
  const askedAt = performance.now();
  const roles = await readRoles(ask);
  await storeRoster(db, tenantId, roles, performance.now() - askedAt);
  return roles;
}

const resolveAll = (roles: readonly RoleAnswer[], objects: readonly NamedObject[]) =>
  new Map(
    roles.map((role) => [
      role.id,
      {
        ...resolveRights(role, objects),
        changes: resolveChanges(role, objects),
        locked: resolveLocked(role, objects),
      },
    ]),
  );
