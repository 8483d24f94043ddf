import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock, Logger, Tenant } from '../contract/context.ts';
import { RateLimitedError } from '../contract/errors.ts';
import type { Crm } from '../crm/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { readClaims } from './claims.ts';
import type { Claims } from './claims.ts';
import { refused } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { createTurnstile } from './turnstile.ts';

/** A person of a workspace, known by a token of Twenty. */
export interface Member {
  readonly tenant: Tenant;
  readonly workspaceMemberId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** As the member chose it in Twenty: `en`, `nl-NL`. */
  readonly locale: string;
  /** The role in Twenty: `crm.readerFor(tenant.id, { roleId })` shows what it may read. */
  readonly roleId: string;
}

export interface Members {
  /**
   * Whose token this is. Twenty is asked, and its answer is believed for at most 40 seconds: whoever is removed or gets another role
   * there loses what he had within that time. The token itself is neither stored nor logged.
   *
   * @param token as a front component of our app sends it in `Authorization: Bearer`
   * @throws UnauthorizedError with a sentence for the caller; UpstreamError when Twenty cannot be asked;
   *   RateLimitedError when too many unknown tokens of this workspace came
   */
  readonly identify: (token: string | undefined, signal: AbortSignal) => Promise<Member>;
}

export interface MembersOptions {
  readonly tenants: Pick<Tenants, 'findByWorkspace'>;
  readonly crm: Pick<Crm, 'whoIs' | 'isOwnApplication' | 'refreshRoles'>;
  readonly log: Logger;
  readonly clock: Clock;
}

/** How long an answer of Twenty is believed: with the ten seconds after which the live feed asks again, less than a minute. */
const believeMs = 40_000;
/** A refused token is not asked about again at once. */
const refuseMs = 10_000;
/** Tokens remembered; the longest unused one makes room. */
const remembered = 20_000;
/** Questions to one tenant's Twenty per minute: a thousand agents whom the live feed asks about, with a fresh token each, and room. */
const questionsPerMinute = 3000;
/** Twenty answers within 50 ms (2.21, measured); a caller is not kept longer than this. */
const patienceMs = 15_000;

type Known = Omit<Member, 'tenant'> | { readonly refusal: Refusal };
type Question = { readonly token: string; readonly tenantId: string; readonly claims: Claims };

export function createMembers(options: MembersOptions): Members {
  const { tenants, log, clock } = options;
  const turnstile = createTurnstile(questionsPerMinute, clock);
  const known = new LRUCache<string, Known, Question>({
    max: remembered,
    ttl: refuseMs,
    ttlResolution: 0,
    perf: clock,
    fetchMethod: async (_key, _stale, { context, options: keep }) => {
      const waitMs = turnstile(context.tenantId);
      if (waitMs > 0) throw new RateLimitedError('Too many unknown tokens of this workspace', waitMs);
      const answer = await ask(options, context);
      const ttl = 'refusal' in answer ? refuseMs : believeMs;
      keep.ttl = Math.max(1, Math.min(ttl, context.claims.exp * 1000 - clock.now()));
      return answer;
    },
  });

  async function tenantOf({ workspaceId }: Claims): Promise<Tenant> {
    const [tenant, ...others] = await tenants.findByWorkspace(workspaceId);
    if (tenant === undefined) throw refused('unconnected');
    if (others.length > 0) {
      // Whose Twenty gets to see the token must not be a matter of chance.
      log.error({ workspaceId }, 'Several tenants are connected to one workspace; its members are refused');
      throw refused('ambiguous');
    }
    if (tenant.state !== 'active') throw refused('suspended');
    return tenant;
  }

  return {
    identify: async (token, signal) => {
      if (token === undefined || token === '') throw refused('no-token');
      const claims = readClaims(token);
      if (claims === undefined) throw refused('not-a-token');
      if (claims.exp * 1000 <= clock.now()) throw refused('expired');
      const tenant = await tenantOf(claims);
      const key = createHash('sha256').update(`${tenant.id} ${token}`).digest('base64');
      const found = await known.fetch(key, { context: { token, tenantId: tenant.id, claims } });
      signal.throwIfAborted();
      if (found === undefined) throw refused('not-accepted');
      if ('refusal' in found) throw refused(found.refusal);
      return { ...found, tenant };
    },
  };
}

/** What Twenty says. From then on the claims are true as well: it would not have accepted a token that it did not sign. */
async function ask({ crm, log }: MembersOptions, { token, tenantId, claims }: Question): Promise<Known> {
  const signal = AbortSignal.timeout(patienceMs);
  const user = await crm.whoIs(tenantId, token, signal);
  if (user === undefined || user.workspaceId !== claims.workspaceId) return { refusal: 'not-accepted' };
  const { applicationId } = claims;
  if (claims.type !== 'APPLICATION_ACCESS' || applicationId === undefined) return { refusal: 'other-application' };
  if (!(await crm.isOwnApplication(tenantId, applicationId, signal))) return { refusal: 'other-application' };
  const { workspaceId: _workspaceId, roleId, ...member } = user;
  if (roleId === undefined) return { refusal: 'no-role' };
  try {
    await crm.refreshRoles(tenantId, { unlessKnown: roleId }, signal);
  } catch (error) {
    log.warn({ tenantId, err: error }, 'Could not read the roles of the workspace');
  }
  return { ...member, roleId };
}
