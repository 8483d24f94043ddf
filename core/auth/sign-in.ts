import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Logger } from '../contract/index.ts';
import type { AsMember } from '../crm/index.ts';
import type { SigningIn } from '../crm/twenty/who-is.ts';
import type { Tables } from '../store/tables.ts';
import type { CrmConnections, TenantRecord, Tenants } from '../tenants/index.ts';
import { arrive, depart } from './authorization.ts';
import { type Deed, perform } from './deeds.ts';
import { type Flow, storeFlow, takeFlow } from './flows.ts';
import type { History } from './history.ts';
import type { Lockout } from './lockout.ts';
import type { Policies } from './policy.ts';
import type { Registrations } from './registrations.ts';
import { RefusedEntry } from './refusals.ts';
import type { Roster } from './roster.ts';
import { endSession, insertSession, memberOfSession, type Origin, type SessionTimes } from './session-store.ts';
import type { SignedIn } from './sessions.ts';

/** Signing in with Twenty, and deeds that a member confirms there. */
export interface SignIn {
  /** @throws RefusedEntry `unknown-workspace`, `not-https`; UpstreamError when Twenty cannot be asked */
  readonly begin: (slug: string, returnTo: string) => Promise<Begun>;
  /** Sends the member to Twenty once more, for a token with which this one thing is done. */
  readonly confirm: (who: SignedIn, deed: Deed, returnTo: string) => Promise<Begun>;
  /** Takes Twenty's answer. @throws RefusedEntry when it belongs to no sign-in that is under way */
  readonly finish: (answer: Answer) => Promise<Finished>;
}

export interface Begun {
  /** Where the browser goes. */
  readonly location: string;
  readonly state: string;
  /** To be kept by this browser, under the state, until Twenty answers. */
  readonly verifier: string;
}

export interface Answer {
  /** The query of the callback. */
  readonly query: URLSearchParams;
  /** What this browser kept for a state; undefined when it kept nothing. */
  readonly verifierOf: (state: string) => string | undefined;
  /** The session of this browser for a tenant, if any: it is replaced. */
  readonly currentSession: (tenant: TenantRecord) => Promise<string | undefined>;
  readonly origin: Origin;
}

export type Finished =
  | { readonly kind: 'signed-in'; readonly tenant: TenantRecord; readonly token: string; readonly returnTo: string }
  | { readonly kind: 'confirmed'; readonly tenant: TenantRecord; readonly returnTo: string }
  | Refused;

/** It came to nothing, and is told where it began. */
export interface Refused {
  readonly kind: 'refused';
  /** A deed that is refused signs nobody out. */
  readonly during: 'sign-in' | 'deed';
  readonly tenant: TenantRecord;
  readonly returnTo: string;
  /** RefusedEntry, UpstreamError, or what nobody expected. */
  readonly error: unknown;
}

export interface SignInDeps {
  readonly db: Kysely<Tables>;
  readonly crm: AsMember;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly registrations: Registrations;
  readonly roster: Roster;
  readonly policies: Policies;
  readonly history: History;
  readonly lockout: Lockout;
  readonly audit: AuditLog;
  readonly times: SessionTimes;
  readonly publicUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Logger;
}

const patienceMs = 20_000;

export function createSignIn(deps: SignInDeps): SignIn {
  const { db, crm, tenants, connections, registrations, publicUrl } = deps;
  const redirectUri = new URL('/auth/callback', publicUrl).href;

  async function leave(tenant: TenantRecord, flow: Omit<Flow, 'tenantId'>): Promise<Begun> {
    if (!mayReturnTo(publicUrl)) throw new RefusedEntry('not-https');
    const signal = AbortSignal.timeout(patienceMs);
    const [registration, door] = await Promise.all([
      registrations.get(tenant.id, redirectUri),
      crm.workspaceDoor(tenant.id, signal),
    ]);
    const departure = await depart(registration, door.url, redirectUri);
    await storeFlow(db, departure.state, { tenantId: tenant.id, ...flow });
    return departure;
  }

  /**
   * Foreign answers are counted against their address and end in a lock-out. It is no matter for whoever began here: else any page could keep a whole
   * office out by having its browsers load made-up answers.
   */
  async function refuseForeign({ address }: Origin): Promise<never> {
    const key = `answer ${address}`;
    await deps.lockout.check(key);
    await deps.lockout.fail(key);
    throw new RefusedEntry('foreign-answer');
  }

  /** @throws RefusedEntry */
  async function takeOwn({ query, verifierOf, origin }: Answer) {
    const state = query.get('state') ?? '';
    // Without it the flow stays: who stole a state must not end the sign-in of its owner.
    const verifier = verifierOf(state) ?? (await refuseForeign(origin));
    const flow = await takeFlow(db, state);
    const tenant = flow && (await tenants.find(flow.tenantId));
    if (flow === undefined || tenant?.state !== 'active') throw new RefusedEntry('late-answer');
    return { state, verifier, flow, tenant };
  }

  return {
    async begin(slug, returnTo) {
      const tenant = await tenants.find(slug);
      if (tenant?.state !== 'active' || tenant.crmUrl === undefined) throw new RefusedEntry('unknown-workspace');
      return await leave(tenant, { returnTo, task: undefined });
    },
    confirm: async ({ tenant, sessionId }, deed, returnTo) =>
      await leave(tenant, { returnTo, task: { sessionId, deed } }),
    async finish(answer) {
      const { state, verifier, flow, tenant } = await takeOwn(answer);
      const signal = AbortSignal.timeout(patienceMs);
      const noting = createNoting(deps, tenant.id, answer.origin);
      try {
        const registration = await registrations.get(tenant.id, redirectUri);
        const token = await arrive(registration, { answer: answer.query, state, verifier, redirectUri }, deps.fetch);
        const user = await crm.whoSignsIn(tenant.id, token, signal);
        noting.isAbout(user);
        const known = await expectOwn(connections, tenant, user);
        if (flow.task !== undefined) {
          await confirmOwn(db, flow.task.sessionId, tenant, known);
          await perform(deps, { tenantId: tenant.id, deed: flow.task.deed, token, actor: known.email }, signal);
          return { kind: 'confirmed', tenant, returnTo: flow.returnTo };
        }
        await admit(deps, tenant, known, signal);
        const key = await openSession(deps, tenant, known, answer);
        await noting.signedIn();
        return { kind: 'signed-in', tenant, token: key, returnTo: flow.returnTo };
      } catch (error) {
        await noting.refused(error);
        if (error instanceof RefusedEntry && error.code === 'client-unknown') await registrations.forget(tenant.id);
        const during = flow.task === undefined ? 'sign-in' : 'deed';
        return { kind: 'refused', during, tenant, returnTo: flow.returnTo, error };
      }
    },
  };
}

/** Twenty refuses plain http anywhere but on the own machine (2.21, measured). */
export function mayReturnTo(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

/** One line of the history per answer, with the member as soon as he is known. */
function createNoting({ history }: SignInDeps, tenantId: string, origin: Origin) {
  let user: SigningIn | undefined;
  return {
    isAbout: (found: SigningIn | undefined) => {
      user = found;
    },
    signedIn: async () => await history.note({ tenantId, result: 'signed-in', user, origin }),
    refused: async (error: unknown) => {
      const result = error instanceof RefusedEntry ? error.code : 'crm-unreachable';
      await history.note({ tenantId, result, user, origin });
    },
  };
}

/** @throws RefusedEntry for nobody, and for somebody of another workspace of the same server */
async function expectOwn(
  connections: Pick<CrmConnections, 'open'>,
  tenant: TenantRecord,
  user: SigningIn | undefined,
): Promise<SigningIn> {
  if (user === undefined) throw new RefusedEntry('not-accepted');
  const { workspaceId } = await connections.open(tenant.id);
  if (user.workspaceId !== workspaceId) throw new RefusedEntry('other-workspace');
  if (user.roleId === undefined) throw new RefusedEntry('no-role');
  return user;
}

/** The session may have ended at another place while the member was at Twenty. */
async function confirmOwn(db: Kysely<Tables>, sessionId: string, tenant: TenantRecord, user: SigningIn): Promise<void> {
  const memberId = await memberOfSession(db, sessionId, tenant.id);
  if (memberId === undefined) throw new RefusedEntry('session-ended');
  if (memberId !== user.workspaceMemberId) throw new RefusedEntry('other-member');
}

/** The second factor, and that the hub knows the member when the first request comes. */
async function admit(
  { policies, history, roster }: SignInDeps,
  tenant: TenantRecord,
  user: SigningIn,
  signal: AbortSignal,
): Promise<void> {
  await history.noteTwoFactor(tenant.id, user);
  const { requireTwoFactor } = await policies.get(tenant.id);
  const { hasMethod, isEnforced } = user.twoFactor;
  // Where the workspace enforces it, Twenty itself lets nobody sign in without one; its own sessions are as long as it wants them.
  if (requireTwoFactor && !hasMethod && !isEnforced) throw new RefusedEntry('two-factor-required');
  if ((await roster.find(tenant.id, user.workspaceMemberId, signal)) === undefined) {
    await roster.refresh(tenant.id, signal);
  }
}

/** Always a new key: one that was in the browser before, perhaps put there by somebody, is never made good. */
async function openSession(
  { db, times, audit }: SignInDeps,
  tenant: TenantRecord,
  user: SigningIn,
  { origin, currentSession }: Answer,
): Promise<string> {
  const replaced = await currentSession(tenant);
  if (replaced !== undefined) await endSession(db, replaced, 'signed-out');
  const { workspaceMemberId: id, userId, locale, email } = user;
  return await db.transaction().execute(async (transaction) => {
    const member = { tenantId: tenant.id, id, userId, locale };
    const { token } = await insertSession(transaction, { member, origin }, times);
    const entry = { tenantId: tenant.id, actor: email, action: 'sign-in', subject: 'session' };
    await audit.append(transaction, entry);
    return token;
  });
}
