import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { memberOf } from '../../auth/caller.ts';
import { departureSchema, limitParameter, returnTo, sessionSchema, tenantPath, time } from './schemas.ts';

const tag = 'Security';
const access = 'security.manage';
/** The page waits for it: what Twenty has not told by then is shown as unknown. */
const PATIENCE_MS = 2500;

const policySchema = z
  .object({
    requireTwoFactor: z.boolean().meta({
      description:
        'Members without two-factor authentication in Twenty are turned away, unless the workspace enforces it there. Default true.',
    }),
    isListed: z.boolean().meta({ description: 'The sign-in page names the workspace to strangers. Default false.' }),
  })
  .meta({ id: 'SignInPolicy' });

const memberPath = tenantPath.extend({ member: z.uuid() });

export const securityEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/sign-in-policy',
    tag,
    summary: 'What the tenant decided about signing in',
    access,
    params: tenantPath,
    response: policySchema,
    handle: async ({ auth, tenants }, { params }) => await auth.policies.get((await tenants.get(params.tenant)).id),
  }),
  endpoint({
    method: 'patch',
    path: '/tenants/{tenant}/sign-in-policy',
    tag,
    summary: 'Change what the tenant decided about signing in',
    access,
    params: tenantPath,
    body: policySchema.partial(),
    response: policySchema,
    handle: async ({ auth, tenants }, { params, body: { requireTwoFactor, isListed } }, { actor }) =>
      await auth.policies.change(
        (await tenants.get(params.tenant)).id,
        {
          ...(requireTwoFactor === undefined ? {} : { requireTwoFactor }),
          ...(isListed === undefined ? {} : { isListed }),
        },
        actor,
      ),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/two-factor',
    tag,
    summary: 'Two-factor authentication: whether Twenty enforces it, and of each member as seen at the last sign-in',
    access,
    params: tenantPath,
    response: z.object({
      isEnforced: z
        .boolean()
        .nullable()
        .meta({ description: 'By the workspace in Twenty; null while Twenty cannot be asked.' }),
      members: z.array(
        z.object({
          memberId: z.uuid(),
          name: z.string(),
          email: z.string(),
          role: z.string(),
          state: z.enum(['on', 'off', 'unknown']),
          seenAt: time.nullable(),
        }),
      ),
    }),
    handle: async ({ auth, tenants }, { params }) => {
      const { id } = await tenants.get(params.tenant);
      const door = auth.workspaceDoor(id, AbortSignal.timeout(PATIENCE_MS));
      const [members, isEnforced] = await Promise.all([
        auth.history.twoFactor(id),
        door.then(({ isTwoFactorEnforced }) => isTwoFactorEnforced).catch(() => null),
      ]);
      return { isEnforced, members };
    },
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/two-factor/enforce',
    tag,
    summary: 'Have Twenty demand a second factor of everybody: the caller confirms it there, with an account that may',
    access,
    isMembers: true,
    params: tenantPath,
    body: z.object({ returnTo }),
    response: departureSchema,
    status: 202,
    handle: async ({ auth }, { body }, caller) => {
      const { signedIn, browser } = memberOf(caller);
      const departure = await auth.signIn.confirm(signedIn, { kind: 'enforce-two-factor' }, body.returnTo);
      browser.keep(departure);
      return departure;
    },
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/sign-ins',
    tag,
    summary: 'Who signed in and who was turned away, newest first',
    access,
    params: tenantPath,
    query: z.object({ before: z.coerce.number().int().optional(), limit: limitParameter }),
    response: z.object({
      signIns: z.array(
        z.object({
          id: z.number(),
          at: time,
          memberId: z.uuid().nullable(),
          email: z.string().nullable(),
          result: z.string().meta({ description: '`signed-in`, or the code of the refusal.' }),
          address: z.string(),
          userAgent: z.string(),
        }),
      ),
    }),
    handle: async ({ auth, tenants }, { params, query: { before, limit } }) => ({
      signIns: await auth.history.list((await tenants.get(params.tenant)).id, {
        limit,
        ...(before === undefined ? {} : { before }),
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/members/{member}/sessions',
    tag,
    summary: 'Where a member is signed in',
    access,
    params: memberPath,
    response: z.object({ sessions: z.array(sessionSchema) }),
    handle: async ({ auth, tenants }, { params }) => ({
      sessions: await auth.memberSessions.list((await tenants.get(params.tenant)).id, params.member),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/members/{member}/sign-out',
    tag,
    summary: 'Sign a member out everywhere',
    access,
    params: memberPath,
    response: z.object({ count: z.number().int() }),
    handle: async ({ auth, tenants }, { params }, { actor }) => ({
      count: await auth.memberSessions.end((await tenants.get(params.tenant)).id, params.member, actor),
    }),
  }),
];
