import type { Logger } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import type { TenantRecord } from '../tenants/index.ts';
import { type Refusal, RefusedEntry } from './refusals.ts';
import type { MemberNow, RoleNow, Roster } from './roster.ts';
import {
  endSession,
  findSession,
  noteSeen,
  offerNext,
  promoteNext,
  type SessionKey,
  type SessionRow,
  type SessionTimes,
} from './session-store.ts';

/** A member who is signed in, as he is now. */
export interface SignedIn {
  readonly sessionId: string;
  readonly tenant: TenantRecord;
  readonly userId: string;
  readonly locale: string;
  readonly member: MemberNow;
  /** Set while the member looks at the console as another role: nothing may be changed then. */
  readonly viewing: RoleNow | undefined;
}

export interface Resumed<Who> {
  readonly who: Who;
  /** To hand to the browser instead of the key that it sent. */
  readonly newToken: string | undefined;
}

export interface Sessions {
  /**
   * Who sends this key. The role is the one of now: who was removed in Twenty is signed out, who got another role has its rights.
   * @param isPerson false for what pages do by themselves (the live feed): that keeps no session awake and gets no new key
   * @throws RefusedEntry with the reason; UpstreamError while nobody can tell
   */
  readonly resume: (
    tenant: TenantRecord,
    token: string,
    isPerson: boolean,
    signal: AbortSignal,
  ) => Promise<Resumed<SignedIn>>;
  /**
   * The same for a connection that lasts longer than the key with which it began.
   * @throws RefusedEntry, UpstreamError
   */
  readonly recheck: (tenant: TenantRecord, sessionId: string, signal: AbortSignal) => Promise<SignedIn>;
  /** The id of the session with this key, whatever became of it. */
  readonly find: (tenant: TenantRecord, token: string) => Promise<string | undefined>;
  readonly resumeOperator: (token: string) => Promise<Resumed<{ readonly sessionId: string }>>;
  readonly endOperator: (token: string) => Promise<void>;
}

export interface SessionDeps {
  readonly db: Executor;
  readonly roster: Roster;
  readonly times: SessionTimes;
  readonly log: Logger;
}

export function createSessions({ db, roster, times, log }: SessionDeps): Sessions {
  async function ended(row: SessionRow, reason: Refusal): Promise<RefusedEntry> {
    await endSession(db, row.id, reason);
    log.info({ session: row.id, tenantId: row.tenant_id, reason }, 'A session was ended');
    return new RefusedEntry(reason);
  }

  async function open(key: SessionKey, tenantId: string | null): Promise<SessionRow> {
    const row = await findSession(db, key, tenantId, times);
    if (row === undefined) throw new RefusedEntry('signed-out');
    if (row.ended) throw new RefusedEntry('session-ended');
    if (row.is_over) throw await ended(row, 'session-expired');
    if (row.is_idle) throw await ended(row, 'session-idle');
    if (row.is_outdated) throw await ended(row, 'session-reused');
    return row;
  }

  async function whoIs(row: SessionRow, tenant: TenantRecord, signal: AbortSignal): Promise<SignedIn> {
    const member = await roster.find(tenant.id, row.member_id ?? '', signal);
    if (member === undefined) throw await ended(row, 'removed');
    return {
      sessionId: row.id,
      tenant,
      userId: row.user_id ?? '',
      locale: row.locale ?? 'en',
      member,
      viewing: row.view_role_id === null ? undefined : await roster.role(tenant.id, row.view_role_id),
    };
  }

  /** @returns a new key when it is time for one */
  async function keep(row: SessionRow, token: string): Promise<string | undefined> {
    if (row.is_next) await promoteNext(db, row.id, token);
    if (row.is_unseen) await noteSeen(db, row.id);
    return row.needs_rotation ? await offerNext(db, row.id, token) : undefined;
  }

  return {
    async resume(tenant, token, isPerson, signal) {
      const row = await open({ token }, tenant.id);
      const who = await whoIs(row, tenant, signal);
      return { who, newToken: isPerson ? await keep(row, token) : undefined };
    },
    recheck: async (tenant, id, signal) => await whoIs(await open({ id }, tenant.id), tenant, signal),
    find: async (tenant, token) => (await findSession(db, { token }, tenant.id, times))?.id,
    async resumeOperator(token) {
      const row = await open({ token }, null);
      return { who: { sessionId: row.id }, newToken: await keep(row, token) };
    },
    async endOperator(token) {
      const row = await findSession(db, { token }, null, times);
      if (row !== undefined) await endSession(db, row.id, 'signed-out');
    },
  };
}
