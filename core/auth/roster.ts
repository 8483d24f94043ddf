import { LRUCache } from 'lru-cache';
import { sql } from 'kysely';
import { type Logger, type Permission, UpstreamError } from '../contract/index.ts';
import type { AsMember } from '../crm/index.ts';
import type { Executor } from '../store/database.ts';
import { permissionsOf } from './defaults.ts';
import { readRole, type RoleNow } from './roles.ts';

/** A member as the hub knows him now. */
export interface MemberNow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: RoleNow;
}

export interface Roster {
  /**
   * Who that is, believed for 40 seconds. While Twenty cannot be asked, what it said last is believed for a quarter of an hour.
   * @returns undefined for somebody who is no member any more
   * @throws UpstreamError when nothing is known that is fresh enough
   */
  readonly find: (tenantId: string, memberId: string, signal: AbortSignal) => Promise<MemberNow | undefined>;
  /** Whether members read so many seconds ago are still believed. */
  readonly isFresh: (age: number) => boolean;
  /**
   * Asks Twenty when the last reading is older than that.
   * @throws UpstreamError when it cannot be asked and nothing is known that is fresh enough
   */
  readonly ensureFresh: (tenantId: string, age: number) => Promise<void>;
  readonly role: (tenantId: string, roleId: string) => Promise<RoleNow | undefined>;
  /** What a role may do in the hub. One that has not been read yet may what every role may by default. */
  readonly permissionsOf: (tenantId: string, roleId: string) => Promise<ReadonlySet<Permission>>;
  /** Asks Twenty now, after something was changed there. */
  readonly refresh: (tenantId: string, signal: AbortSignal) => Promise<void>;
}

/** A worker reads twice a minute; without one the web process asks itself. With the 15 seconds of the live feed this is under a minute. */
const believeSeconds = 40;
/** As for the rights to records: nobody knows what was taken away since. */
const graceSeconds = 15 * 60;
/** After a failure Twenty is left alone for so long, so that a thousand open pages do not wait for it one after the other. */
const coolDownMs = 10_000;

type Row = {
  readonly age: number;
  readonly id: string | null;
  readonly email: string;
  readonly name: string;
  readonly role_id: string | null;
};

export function createRoster(db: Executor, crm: Pick<AsMember, 'refreshRoster'>, log: Logger): Roster {
  const running = new Map<string, Promise<void>>();
  const failed = new LRUCache<string, { readonly error: unknown }>({ max: 10_000, ttl: coolDownMs });

  /** Several requests at once are one question. */
  function refresh(tenantId: string, signal: AbortSignal): Promise<void> {
    const current = running.get(tenantId);
    if (current !== undefined) return current;
    const started = crm
      .refreshRoster(tenantId, signal)
      .then(() => void failed.delete(tenantId))
      .catch((error: unknown) => {
        failed.set(tenantId, { error });
        throw error;
      })
      .finally(() => running.delete(tenantId));
    running.set(tenantId, started);
    return started;
  }

  const isFresh = (age: number): boolean => age <= believeSeconds;

  async function ensureFresh(tenantId: string, age: number): Promise<void> {
    if (isFresh(age)) return;
    try {
      const before = failed.get(tenantId);
      if (before !== undefined) throw before.error;
      // Not the caller's signal: who hangs up must not take the answer from the others.
      await refresh(tenantId, AbortSignal.timeout(15_000));
    } catch (error) {
      if (age > graceSeconds) throw cannotTell(error);
      log.warn({ tenantId, err: error }, 'Could not read the members of the workspace; the last reading is used');
    }
  }

  async function look(tenantId: string, memberId: string): Promise<Row | undefined> {
    const { rows } = await sql<Row>`
      select extract(epoch from now() - roster.read_at)::float as age, member.id, member.email, member.name, member.role_id
      from workspace_roster roster
      left join workspace_member member on member.tenant_id = roster.tenant_id and member.id = ${memberId}
      where roster.tenant_id = ${tenantId}
    `.execute(db);
    return rows[0];
  }

  return {
    async find(tenantId, memberId, signal) {
      const first = await look(tenantId, memberId);
      const age = first?.age ?? Number.POSITIVE_INFINITY;
      await ensureFresh(tenantId, age);
      signal.throwIfAborted();
      const row = isFresh(age) ? first : await look(tenantId, memberId);
      if (!row?.id || !row.role_id) return undefined;
      const role = await readRole(db, tenantId, row.role_id);
      return role && { id: row.id, email: row.email, name: row.name, role };
    },
    isFresh,
    ensureFresh,
    role: (tenantId, roleId) => readRole(db, tenantId, roleId),
    permissionsOf: async (tenantId, roleId) =>
      (await readRole(db, tenantId, roleId))?.permissions ?? permissionsOf({ key: roleId, isAdmin: false }, {}),
    refresh,
  };
}

function cannotTell(cause: unknown): UpstreamError {
  return new UpstreamError('Twenty cannot be asked who you are at the moment, and its last answer is too old', {
    cause,
    remedy: 'Try again in a minute. If it stays, an administrator should look at the connection to Twenty.',
  });
}
