import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import type { Refusal } from './refusals.ts';
import { hashOf, newToken } from './token.ts';

/** Sessions as rows. All times are the database's: the clocks of several processes do not matter. */

/** Where a request comes from, as shown to the member who owns the session. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

export interface SessionTimes {
  /** Without a request of a person for so long it ends. */
  readonly idleMinutes: number;
  /** It ends after so long whatever happens. */
  readonly longestHours: number;
}

export interface SessionRow {
  readonly id: string;
  /** Null: the operator's. */
  readonly tenant_id: string | null;
  readonly member_id: string | null;
  readonly user_id: string | null;
  readonly locale: string | null;
  readonly view_role_id: string | null;
  readonly ended: boolean;
  /** Null while it is open. */
  readonly end_reason: string | null;
  readonly is_next: boolean;
  readonly is_outdated: boolean;
  readonly is_idle: boolean;
  readonly is_over: boolean;
  readonly is_unseen: boolean;
  readonly needs_rotation: boolean;
}

/** A key older than this is replaced at the next request, so that a stolen one does not last. */
const rotateMinutes = 15;
/** Requests that were sent with the key before may still arrive. A new key that the browser did not use until then was lost on the way. */
const overlapSeconds = 60;
/** The time of the last request is noted once a minute, not at every one. */
const noteSeconds = 60;

/** What the browser sends, or the id for who was let in with such a key before. */
export type SessionKey = { readonly token: string } | { readonly id: string };

/** Columns of the shape of SessionRow, of `auth_session`. */
export function sessionColumns(key: SessionKey, { idleMinutes }: SessionTimes): RawBuilder<unknown> {
  const hash = 'token' in key ? hashOf(key.token) : null;
  return sql`
    id, tenant_id, member_id, user_id, locale, ended_at is not null as ended, end_reason,
    case when view_until > now() then view_role_id end as view_role_id,
    coalesce(next_hash = ${hash}, false) as is_next,
    coalesce(previous_hash = ${hash} and previous_until <= now(), false) as is_outdated,
    seen_at < now() - ${idleMinutes} * interval '1 minute' as is_idle,
    expires_at <= now() as is_over,
    seen_at < now() - ${noteSeconds} * interval '1 second' as is_unseen,
    token_hash = ${hash} and rotated_at < now() - ${rotateMinutes} * interval '1 minute'
      and coalesce(next_at < now() - ${overlapSeconds} * interval '1 second', true) as needs_rotation`;
}

export function isOpenedBy(key: SessionKey): RawBuilder<unknown> {
  if ('id' in key) return sql`id = ${key.id}`;
  const hash = hashOf(key.token);
  return sql`(token_hash = ${hash} or next_hash = ${hash} or previous_hash = ${hash})`;
}

export async function findSession(
  db: Executor,
  key: SessionKey,
  tenantId: string | null,
  times: SessionTimes,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select ${sessionColumns(key, times)} from auth_session
    where ${isOpenedBy(key)} and tenant_id is not distinct from ${tenantId}::uuid
  `.execute(db);
  return rows[0];
}

export interface NewSession {
  /** Undefined: the operator's. */
  readonly member?: {
    readonly tenantId: string;
    readonly id: string;
    readonly userId: string;
    readonly locale: string;
  };
  readonly origin: Origin;
}

/** @returns the key for the browser; only its hash stays */
export async function insertSession(
  db: Executor,
  { member, origin }: NewSession,
  { longestHours }: SessionTimes,
): Promise<{ readonly id: string; readonly token: string }> {
  const token = newToken();
  const { rows } = await sql<{ id: string }>`
    insert into auth_session (tenant_id, member_id, user_id, locale, token_hash, expires_at, address, user_agent)
    values (${member?.tenantId ?? null}, ${member?.id ?? null}, ${member?.userId ?? null}, ${member?.locale ?? null},
      ${hashOf(token)}, now() + ${longestHours} * interval '1 hour', ${origin.address}, ${origin.userAgent.slice(0, 300)})
    returning id
  `.execute(db);
  return { id: rows[0]?.id ?? '', token };
}

/** The browser has the new key: it is the one from now on. Of two requests at once one does it. */
export async function promoteNext(db: Executor, id: string, token: string): Promise<void> {
  await sql`
    update auth_session set previous_hash = token_hash, previous_until = now() + ${overlapSeconds} * interval '1 second',
      token_hash = next_hash, next_hash = null, next_at = null, rotated_at = now()
    where id = ${id} and next_hash = ${hashOf(token)}
  `.execute(db);
}

/** @returns a new key to hand out; undefined when another request has just done so. The key in use stays good until the new one is used. */
export async function offerNext(db: Executor, id: string, token: string): Promise<string | undefined> {
  const next = newToken();
  const { numAffectedRows } = await sql`
    update auth_session set next_hash = ${hashOf(next)}, next_at = now()
    where id = ${id} and token_hash = ${hashOf(token)} and ended_at is null
      and coalesce(next_at < now() - ${overlapSeconds} * interval '1 second', true)
  `.execute(db);
  return numAffectedRows === 1n ? next : undefined;
}

/** A page asks ten things at once: of these one notes it, and none waits for another. */
export async function noteSeen(db: Executor, id: string): Promise<void> {
  await sql`
    update auth_session set seen_at = now() where id = (
      select id from auth_session
      where id = ${id} and seen_at < now() - ${noteSeconds} * interval '1 second' for update skip locked)
  `.execute(db);
}

export async function endSession(db: Executor, id: string, reason: Refusal | 'signed-out'): Promise<void> {
  await sql`
    update auth_session set ended_at = now(), end_reason = ${reason} where id = ${id} and ended_at is null
  `.execute(db);
}

/** @returns how many ended */
export async function endSessionsOf(
  db: Executor,
  tenantId: string,
  memberId: string,
  only: { readonly id?: string } = {},
): Promise<number> {
  const { numAffectedRows } = await sql`
    update auth_session set ended_at = now(), end_reason = 'signed-out'
    where tenant_id = ${tenantId} and member_id = ${memberId} and ended_at is null
      and (${only.id ?? null}::uuid is null or id = ${only.id ?? null})
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Of members who had no second factor when they signed in. @returns how many ended */
export async function endWithoutFactor(db: Executor, tenantId: string): Promise<number> {
  const reason: Refusal = 'two-factor-now';
  const { numAffectedRows } = await sql`
    update auth_session session set ended_at = now(), end_reason = ${reason}
    where tenant_id = ${tenantId} and ended_at is null and expires_at > now() and not exists (
      select from auth_two_factor seen
      where seen.tenant_id = session.tenant_id and seen.member_id = session.member_id and seen.has_method)
  `.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Whose session that is; undefined when it has ended. */
export async function memberOfSession(db: Executor, id: string, tenantId: string): Promise<string | undefined> {
  const { rows } = await sql<{ member_id: string }>`
    select member_id from auth_session
    where id = ${id} and tenant_id = ${tenantId} and ended_at is null and expires_at > now()
  `.execute(db);
  return rows[0]?.member_id;
}

export interface SessionLine {
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly userAgent: string;
}

export async function listSessions(
  db: Executor,
  tenantId: string,
  memberId: string,
  { idleMinutes }: SessionTimes,
): Promise<SessionLine[]> {
  const { rows } = await sql<SessionLine>`
    select id, created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt", address,
      user_agent as "userAgent"
    from auth_session
    where tenant_id = ${tenantId} and member_id = ${memberId} and ended_at is null and expires_at > now()
      and seen_at > now() - ${idleMinutes} * interval '1 minute'
    order by seen_at desc, id
  `.execute(db);
  return rows;
}

export async function setView(
  db: Executor,
  id: string,
  view: { readonly roleId: string; readonly minutes: number } | undefined,
): Promise<void> {
  await sql`
    update auth_session set view_role_id = ${view?.roleId ?? null},
      view_until = now() + ${view?.minutes ?? 0} * interval '1 minute'
    where id = ${id}
  `.execute(db);
}
