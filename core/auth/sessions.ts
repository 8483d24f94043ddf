import type { Logger } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { createTogether } from '../store/together.ts';
import type { TenantRecord } from '../tenants/index.ts';
import { type Refusal, RefusedEntry } from './refusals.ts';
import { findPresence, type Presence, type TenantName } from './presence.ts';
import type { RoleNow } from './roles.ts';
import type { MemberNow, Roster } from './roster.ts';
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
   * Who sends this key to the tenant of that name. The role is the one of now: who was removed in Twenty is signed out, who got another role has its rights.
   * @param isPerson false for what pages do by themselves (the live feed, asking again now and then): that keeps no session awake and gets no new key
   * @returns undefined when there is no such tenant, or it is not served at the moment
   * @throws RefusedEntry with the reason; UpstreamError while nobody can tell
   */
  readonly resume: (
    slug: string,
    token: string,
    isPerson: boolean,
    signal: AbortSignal,
  ) => Promise<Resumed<SignedIn> | undefined>;
  /**
   * The same for a connection that lasts longer than the key with which it began.
   * @throws RefusedEntry, UpstreamError
   */
  readonly recheck: (tenantId: string, sessionId: string, signal: AbortSignal) => Promise<SignedIn | undefined>;
  /** The id of the session with this key, whatever became of it. */
  readonly find: (tenant: TenantRecord, token: string) => Promise<string | undefined>;
  readonly resumeOperator: (token: string, isPerson: boolean) => Promise<Resumed<{ readonly sessionId: string }>>;
  readonly endOperator: (token: string) => Promise<void>;
}

export interface SessionDeps {
  readonly db: Executor;
  readonly roster: Roster;
  readonly times: SessionTimes;
  readonly log: Logger;
}

type Asked = { readonly name: TenantName; readonly key: SessionKey };
type Opened = { readonly presence: Presence; readonly row: SessionRow };

/** Told again to whoever comes later: often it was the page that asked first, not the person. */
const toldAgain = ['session-idle', 'session-expired', 'two-factor-now'] as const;

/** Far more than a page asks. */
const mostTogether = 100;

export function createSessions({ db, roster, times, log }: SessionDeps): Sessions {
  async function ended(row: SessionRow, reason: Refusal): Promise<RefusedEntry> {
    await endSession(db, row.id, reason);
    log.info({ session: row.id, tenantId: row.tenant_id, reason }, 'A session was ended');
    return new RefusedEntry(reason);
  }

  async function open(row: SessionRow | undefined): Promise<SessionRow> {
    if (row === undefined) throw new RefusedEntry('signed-out');
    if (row.ended) throw new RefusedEntry(toldAgain.find((reason) => reason === row.end_reason) ?? 'session-ended');
    if (row.is_over) throw await ended(row, 'session-expired');
    if (row.is_idle) throw await ended(row, 'session-idle');
    if (row.is_outdated) throw await ended(row, 'session-reused');
    return row;
  }

  /** What a page asks at once comes with the same key: one look answers it, and none begins before it was asked for. */
  const lookTogether = createTogether(async (asked: readonly Asked[]) => {
    const [one] = asked;
    const found = one && (await findPresence(db, one.key, one.name, times));
    return asked.map(() => found);
  }, mostTogether);

  async function look(asked: Asked): Promise<Opened | undefined> {
    const presence = await lookTogether(JSON.stringify(asked), asked);
    if (presence?.tenant.state !== 'active') return undefined;
    return { presence, row: await open(presence.session) };
  }

  async function whoIs(asked: Asked, signal: AbortSignal): Promise<{ row: SessionRow; who: SignedIn } | undefined> {
    const first = await look(asked);
    if (first === undefined) return undefined;
    const { tenant, rosterAge } = first.presence;
    await roster.ensureFresh(tenant.id, rosterAge);
    signal.throwIfAborted();
    const now = roster.isFresh(rosterAge) ? first : await look(asked);
    return now && { row: now.row, who: await signedIn(now) };
  }

  async function signedIn({ presence, row }: Opened): Promise<SignedIn> {
    const { tenant, member, viewing } = presence;
    if (member === undefined) throw await ended(row, 'removed');
    return { sessionId: row.id, tenant, userId: row.user_id ?? '', locale: row.locale ?? 'en', member, viewing };
  }

  /** @returns a new key when it is time for one */
  async function keep(row: SessionRow, token: string): Promise<string | undefined> {
    if (row.is_next) await promoteNext(db, row.id, token);
    if (row.is_unseen) await noteSeen(db, row.id);
    return row.needs_rotation ? await offerNext(db, row.id, token) : undefined;
  }

  return {
    async resume(slug, token, isPerson, signal) {
      const found = await whoIs({ name: { slug }, key: { token } }, signal);
      return found && { who: found.who, newToken: isPerson ? await keep(found.row, token) : undefined };
    },
    recheck: async (tenantId, id, signal) => (await whoIs({ name: { id: tenantId }, key: { id } }, signal))?.who,
    find: async (tenant, token) => (await findSession(db, { token }, tenant.id, times))?.id,
    async resumeOperator(token, isPerson) {
      const row = await open(await findSession(db, { token }, null, times));
      return { who: { sessionId: row.id }, newToken: isPerson ? await keep(row, token) : undefined };
    },
    async endOperator(token) {
      const row = await findSession(db, { token }, null, times);
      if (row !== undefined) await endSession(db, row.id, 'signed-out');
    },
  };
}
