import { randomUUID } from 'node:crypto';
import { forbidden } from '../auth/errors.ts';
import { findMemberByRecord, listMembers } from '../auth/members.ts';
import { memberRecords } from '../auth/member-records.ts';
import { listApiKeys } from '../auth/api-keys.ts';
import { requireFlag, requireUser } from '../auth/require.ts';
import { GraphqlError } from '../errors.ts';
import type { MetadataModule } from '../metadata-api/module.ts';
import type { RequestContext, Server } from '../server.ts';
import type { Queryable } from '../store.ts';
import type { Model } from '../types.ts';
import {
  checkObjectPermissions,
  demandOrdinaryObject,
  fieldNotFound,
  labelTaken,
  notEditable,
  roleNotFound,
  rulesPerRecordDisabled,
} from './role-errors.ts';
import { roleTypeDefs } from './role-sdl.ts';
import {
  deleteRole,
  replaceObjectPermissions,
  replacePermissionFlags,
  updateRole,
  upsertFieldPermissions,
  type FieldPermissionInput,
} from './role-store.ts';
import type { Role, RoleDefinition } from './roles.ts';
import { insertRole } from './standard-roles.ts';

const NEW_ROLE: RoleDefinition = {
  label: '',
  description: null,
  icon: null,
  isEditable: true,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: true,
  canBeAssignedToApiKeys: true,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
};

export const rolesModule: MetadataModule = {
  typeDefs: roleTypeDefs,
  queries: {
    getRoles: async (_args, context) => {
      const { workspaceId } = await requireFlag(context, 'ROLES');
      const roles = await context.server.roles.get(workspaceId);
      return [...roles.values()].map((role) => describeRole(context.server, workspaceId, role));
    },
  },
  mutations: {
    createOneRole: async ({ createRoleInput }, context) => {
      const { workspaceId } = await requireFlag(context, 'ROLES');
      const { id: _unused, ...input } = createRoleInput;
      const universalIdentifier = randomUUID();
      await demandFreeLabel(context.server, workspaceId, input.label, { universalIdentifier, type: 'create' });
      const definition = { ...NEW_ROLE, ...input };
      const id = await insertRole(context.server.store, workspaceId, definition, universalIdentifier);
      return changed(context.server, workspaceId, id);
    },
    updateOneRole: async ({ updateRoleInput: { id, update } }, context) => {
      const { server, workspaceId, role } = await editableRole(context, id);
      if (update.label !== undefined && update.label !== role.label) {
        const { universalIdentifier } = role;
        await demandFreeLabel(server, workspaceId, update.label, { universalIdentifier, type: 'update' });
      }
      await updateRole(server.store, id, update);
      return changed(server, workspaceId, id);
    },
    deleteOneRole: async ({ roleId }, context) => {
      const { server, workspaceId } = await editableRole(context, roleId);
      const { workspace } = await server.models.get(workspaceId);
      const defaultRoleId = String(workspace.settings['defaultRoleId']);
      if (defaultRoleId === roleId) {
        throw forbidden(
          'Default role cannot be deleted',
          'DEFAULT_ROLE_CANNOT_BE_DELETED',
          'The default role cannot be deleted as it is required for the workspace to function properly.',
        );
      }
      await server.store.transaction((tx) => deleteRole(tx, roleId, defaultRoleId));
      server.roles.invalidate(workspaceId);
      return roleId;
    },
    upsertObjectPermissions: async ({ upsertObjectPermissionsInput: input }, context) => {
      const { server, workspaceId, role } = await editableRole(context, input.roleId);
      checkObjectPermissions(role, await server.models.get(workspaceId), input.objectPermissions);
      await server.store.transaction((tx) => replaceObjectPermissions(tx, role.id, input.objectPermissions));
      return (await reread(server, workspaceId, role.id)).objectPermissions;
    },
    upsertFieldPermissions: async ({ upsertFieldPermissionsInput: input }, context) => {
      const { server, workspaceId, role } = await editableRole(context, input.roleId);
      const model = await server.models.get(workspaceId);
      const asked = demandFields(model, input.fieldPermissions);
      const all = [...asked, ...otherEnds(model, asked)];
      await server.store.transaction((tx) => upsertFieldPermissions(tx, role.id, all));
      return (await reread(server, workspaceId, role.id)).fieldPermissions;
    },
    upsertRowLevelPermissionPredicates: async ({ input }, context) => {
      await editableRole(context, input.roleId);
      throw rulesPerRecordDisabled();
    },
    upsertPermissionFlags: async ({ upsertPermissionFlagsInput: input }, context) => {
      const { server, workspaceId, role } = await editableRole(context, input.roleId);
      await replacePermissionFlags(server.store, role.id, input.permissionFlagKeys);
      return describeFlags(await reread(server, workspaceId, role.id));
    },
    updateWorkspaceMemberRole: async ({ workspaceMemberId, roleId }, context) => {
      const { workspaceMemberId: own, workspaceId } = requireUser(context);
      await requireFlag(context, 'ROLES');
      if (workspaceMemberId === own) {
        throw forbidden(
          'Cannot update self role',
          'CANNOT_UPDATE_SELF_ROLE',
          'You cannot change your own role. Please ask another administrator to update your role.',
        );
      }
      await assignRole(context.server, workspaceId, workspaceMemberId, roleId);
      const [record] = await memberRecords(context.server, workspaceId, [workspaceMemberId]);
      const role = await reread(context.server, workspaceId, roleId);
      return { ...record, roles: [describeRole(context.server, workspaceId, role)] };
    },
  },
};

async function assignRole(server: Server, workspaceId: string, memberId: string, roleId: string): Promise<void> {
  const role = (await server.roles.get(workspaceId)).get(roleId);
  if (role === undefined) throw roleNotFound();
  if (!role.canBeAssignedToUsers) {
    throw new GraphqlError('Role cannot be assigned to users', 'BAD_USER_INPUT', {
      subCode: 'ROLE_CANNOT_BE_ASSIGNED_TO_USERS',
      userFriendlyMessage: 'This role cannot be assigned to users. Please select a different role.',
    });
  }
  const member = await findMemberByRecord(server.store, workspaceId, memberId);
  if (member === undefined) {
    throw new GraphqlError('Workspace member not found', 'NOT_FOUND', { subCode: 'WORKSPACE_MEMBER_NOT_FOUND' });
  }
  await server.store.query('update membership set role_id = $2, updated_at = $3 where id = $1', [
    member.userWorkspaceId,
    roleId,
    server.clock(),
  ]);
}

async function editableRole(context: RequestContext, roleId: string) {
  const { workspaceId } = await requireFlag(context, 'ROLES');
  const role = (await context.server.roles.get(workspaceId)).get(roleId);
  if (role === undefined) throw roleNotFound();
  if (!role.isEditable) throw notEditable();
  return { server: context.server, workspaceId, role };
}

async function changed(server: Server, workspaceId: string, roleId: string) {
  return describeRole(server, workspaceId, await reread(server, workspaceId, roleId));
}

async function reread(server: Server, workspaceId: string, roleId: string): Promise<Role> {
  server.roles.invalidate(workspaceId);
  const role = (await server.roles.get(workspaceId)).get(roleId);
  if (role === undefined) throw roleNotFound();
  return role;
}

async function demandFreeLabel(
  server: Server,
  workspaceId: string,
  label: string,
  subject: { universalIdentifier: string; type: 'create' | 'update' },
): Promise<void> {
  const roles = await server.roles.get(workspaceId);
  if ([...roles.values()].some((role) => role.label === label)) {
    throw labelTaken(label, subject.universalIdentifier, subject.type);
  }
}

function demandFields(model: Model, input: FieldPermissionInput[]): FieldPermissionInput[] {
  for (const permission of input) {
    const object = demandOrdinaryObject(model, permission.objectMetadataId, 'field');
    if (!object.fields.some((field) => field.id === permission.fieldMetadataId)) throw fieldNotFound();
  }
  return input;
}

/** Who hides a relation hides it from both sides (Twenty 2.21, measured). */
function otherEnds(model: Model, input: readonly FieldPermissionInput[]): FieldPermissionInput[] {
  return input.flatMap((permission) => {
    const ends = model.fieldById.get(permission.fieldMetadataId)?.relations ?? [];
    return ends
      .filter((end) => model.byId.get(end.targetObjectId)?.isSystem === false)
      .map((end) => ({ ...permission, objectMetadataId: end.targetObjectId, fieldMetadataId: end.targetFieldId }));
  });
}

/** A role in the shape of the type Role; members and keys are read only when they are asked for. */
function describeRole(server: Server, workspaceId: string, role: Role) {
  return {
    ...role,
    rowLevelPermissionPredicates: [],
    permissionFlags: describeFlags(role),
    workspaceMembers: () => membersOf(server, workspaceId, role.id),
    apiKeys: () => keysOf(server.store, workspaceId, role.id),
  };
}

function describeFlags(role: Role) {
  return role.permissionFlags.map((flag) => ({ id: randomUUID(), roleId: role.id, flag }));
}

async function membersOf(server: Server, workspaceId: string, roleId: string) {
  const members = await listMembers(server.store, workspaceId);
  const ids = members.filter((member) => member.roleId === roleId).map((member) => member.workspaceMemberId);
  return memberRecords(server, workspaceId, ids);
}

async function keysOf(db: Queryable, workspaceId: string, roleId: string) {
  return (await listApiKeys(db, workspaceId)).filter((key) => key.roleId === roleId);
}
