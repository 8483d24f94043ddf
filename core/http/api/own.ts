import { z } from 'zod';
import { may, memberOf } from '../../auth/caller.ts';
import { NotFoundError, permissionNames } from '../../contract/index.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { sessionSchema, tenantPath } from './schemas.ts';

const tag = 'Own account';
const access = 'member';
const isOwn = true;
const roleSchema = z.object({ id: z.uuid(), label: z.string() });

export const ownEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/me',
    tag,
    summary: 'Who is signed in, and what that member may do now',
    access,
    params: tenantPath,
    response: z.object({
      member: z.object({ id: z.uuid(), name: z.string(), email: z.string(), locale: z.string() }),
      role: roleSchema,
      viewing: roleSchema
        .nullable()
        .meta({ description: 'The role as which the console is viewed; nothing can be changed then.' }),
      permissions: z.array(z.string()),
      plugins: z.array(z.string()).meta({ description: 'Ids of the plugins that the workspace has enabled.' }),
      tenant: z.object({
        id: z.uuid(),
        slug: z.string(),
        name: z.string(),
        timeZone: z.string(),
        locale: z.string(),
        crmUrl: z.string().optional(),
      }),
    }),
    handle: async ({ plugins }, _input, caller) => {
      const { member, locale, tenant, viewing } = memberOf(caller).signedIn;
      return {
        member: { ...member, locale },
        role: member.role,
        viewing: viewing ?? null,
        permissions: permissionNames.filter((name) => may(caller, name)),
        plugins: await plugins.active(tenant.id),
        tenant,
      };
    },
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/sessions',
    tag,
    summary: 'Where the member is signed in',
    access,
    params: tenantPath,
    response: z.object({ sessions: z.array(sessionSchema.extend({ isCurrent: z.boolean() })) }),
    handle: async ({ auth }, _input, caller) => {
      const { tenant, member, sessionId } = memberOf(caller).signedIn;
      const sessions = await auth.memberSessions.list(tenant.id, member.id);
      return { sessions: sessions.map((one) => ({ ...one, isCurrent: one.id === sessionId })) };
    },
  }),
  endpoint({
    method: 'post',
    path: '/tenants/{tenant}/sign-out',
    tag,
    summary: 'Sign out of this workspace in this browser, or everywhere',
    access,
    isOwn,
    params: tenantPath,
    body: z.object({ everywhere: z.boolean().default(false) }),
    response: z.object({ count: z.number().int().meta({ description: 'Sessions that ended.' }) }),
    handle: async ({ auth }, { body }, caller) => {
      const { signedIn, browser } = memberOf(caller);
      const { tenant, member, sessionId } = signedIn;
      const only = body.everywhere ? undefined : { id: sessionId };
      const count = await auth.memberSessions.end(tenant.id, member.id, caller.actor, only);
      browser.forget();
      return { count };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/tenants/{tenant}/sessions/{session}',
    tag,
    summary: 'End one of the own sessions',
    access,
    isOwn,
    params: tenantPath.extend({ session: z.uuid() }),
    response: z.object({}),
    handle: async ({ auth }, { params }, caller) => {
      const { tenant, member } = memberOf(caller).signedIn;
      const count = await auth.memberSessions.end(tenant.id, member.id, caller.actor, { id: params.session });
      if (count === 0)
        throw new NotFoundError('There is no such session', { field: 'path.session', remedy: 'It may have ended.' });
    },
  }),
  endpoint({
    method: 'put',
    path: '/tenants/{tenant}/view',
    tag,
    summary: 'View the console as another role for half an hour, without being able to change anything',
    access: 'permissions.manage',
    isMembers: true,
    isOwn,
    params: tenantPath,
    body: z.object({ roleId: z.uuid() }),
    response: z.object({}),
    handle: async ({ auth }, { body }, caller) => await auth.views.begin(memberOf(caller).signedIn, body.roleId),
  }),
  endpoint({
    method: 'delete',
    path: '/tenants/{tenant}/view',
    tag,
    summary: 'End viewing as another role',
    access,
    isOwn,
    params: tenantPath,
    response: z.object({}),
    handle: async ({ auth }, _input, caller) => await auth.views.end(memberOf(caller).signedIn),
  }),
];
