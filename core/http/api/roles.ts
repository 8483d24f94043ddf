import { z } from 'zod';
import { permissionNames, permissions } from '../../contract/index.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { auditSchema, departureSchema, limitParameter, returnTo, tenantPath } from './schemas.ts';
import { memberOf } from '../../auth/caller.ts';

const tag = 'Roles';
const access = 'permissions.manage';
const permissionSchema = z.enum(permissionNames as [(typeof permissionNames)[number]]);

const matrixSchema = z
  .object({
    version: z
      .number()
      .int()
      .meta({ description: 'To be sent with a change: one made from an older version is refused.' }),
    permissions: z
      .array(z.object({ name: permissionSchema, summary: z.string() }))
      .meta({ description: 'Those that open something here: of the hub, or of a plugin that is enabled.' }),
    roles: z.array(
      z.object({
        id: z.uuid(),
        label: z.string(),
        description: z.string(),
        members: z.number().int(),
        isFixed: z.boolean().meta({ description: "Twenty's role Admin: it may everything." }),
        isAssignable: z.boolean(),
        permissions: z.array(permissionSchema),
        defaults: z.array(permissionSchema),
        objects: z
          .record(z.string(), z.union([z.literal('all'), z.array(z.string())]))
          .meta({ description: 'What the role may read in Twenty: by object all fields, or these.' }),
        changes: z.record(z.string(), z.array(z.string())).meta({
          description:
            'What it may do there beside reading, by object: `update`, `delete` (can be restored), `destroy`.',
        }),
      }),
    ),
    twentyUrl: z.string().optional().meta({ description: 'Where roles are edited in Twenty.' }),
  })
  .meta({ id: 'PermissionMatrix' });

const changeSchema = z.object({
  version: z.number().int().min(0),
  changes: z
    .array(z.object({ roleId: z.uuid(), permission: permissionSchema, granted: z.boolean() }))
    .min(1)
    .max(500),
});

export const roleEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/permissions',
    tag,
    summary: 'What each role of the workspace may do in the hub, and read in Twenty',
    access,
    params: tenantPath,
    response: matrixSchema,
    handle: async (admin, { params }) => await describeMatrix(admin, params.tenant),
  }),
  endpoint({
    method: 'patch',
    path: '/tenants/{tenant}/permissions',
    tag,
    summary: 'Change what roles may do in the hub: all of the changes or none',
    access,
    params: tenantPath,
    body: changeSchema,
    response: matrixSchema,
    handle: async (admin, { params, body: { version, changes } }, { actor }) => {
      const { id } = await admin.tenants.get(params.tenant);
      await admin.auth.matrices.change(id, version, changes, actor);
      return await describeMatrix(admin, params.tenant);
    },
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/permissions/log',
    tag,
    summary: 'Who changed permissions when, newest first',
    access: 'audit.see',
    params: tenantPath,
    query: z.object({ before: z.coerce.number().int().optional(), limit: limitParameter }),
    response: z.object({ entries: z.array(auditSchema) }),
    handle: async ({ audit, tenants }, { params, query: { before, limit } }) => ({
      entries: await audit.list({
        tenantId: (await tenants.get(params.tenant)).id,
        action: 'permissions.change',
        limit,
        ...(before === undefined ? {} : { before }),
      }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/tenants/{tenant}/roles/{role}/members',
    tag,
    summary: 'The members that have a role',
    access,
    params: tenantPath.extend({ role: z.uuid() }),
    response: z.object({ members: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string() })) }),
    handle: async ({ auth, tenants }, { params }) => ({
      members: await auth.matrices.members((await tenants.get(params.tenant)).id, params.role),
    }),
  }),
  endpoint({
    method: 'put',
    path: '/tenants/{tenant}/members/{member}/role',
    tag,
    summary: 'Give a member another role in Twenty: the caller confirms it there, with an account that may',
    access,
    isMembers: true,
    params: tenantPath.extend({ member: z.uuid() }),
    body: z.object({ roleId: z.uuid(), returnTo }),
    response: departureSchema,
    status: 202,
    handle: async ({ auth }, { params, body: { roleId, returnTo: path } }, caller) => {
      const { signedIn, browser } = memberOf(caller);
      const deed = { kind: 'change-role', memberId: params.member, roleId } as const;
      const departure = await auth.signIn.confirm(signedIn, deed, path);
      browser.keep(departure);
      return departure;
    },
  }),
];

async function describeMatrix({ auth, plugins, tenants }: Parameters<Endpoint['handle']>[0], tenant: string) {
  const { id, crmUrl } = await tenants.get(tenant);
  const [{ version, roles }, used] = await Promise.all([auth.matrices.get(id), plugins.permissions(id)]);
  return {
    version,
    permissions: used.map((name) => ({ name, summary: permissions[name] })),
    roles: await Promise.all(roles.map(async (role) => ({ ...role, objects: await auth.readable(id, role.id) }))),
    ...(crmUrl === undefined ? {} : { twentyUrl: new URL('/settings/roles', crmUrl).href }),
  };
}
