import type { MetadataModule } from '../metadata-api/module.ts';
import { grantedFlags, permissions, type Permissions } from '../roles/permissions.ts';
import type { Server } from '../server.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import { findMember, type Member } from './members.ts';
import { memberRecords } from './member-records.ts';
import { requireUser, type UserContext } from './require.ts';
import { findTwoFactorMethod } from './two-factor.ts';
import { describeWorkspace } from './workspace-module.ts';

const typeDefs = /* GraphQL */ `
  type TwoFactorAuthenticationMethodSummary {
    twoFactorAuthenticationMethodId: UUID!
    status: String!
    strategy: String!
  }
  type UserWorkspace {
    id: UUID!
    userId: UUID!
    locale: String!
    createdAt: DateTime!
    permissionFlags: [PermissionFlagType!]
    objectsPermissions: [ObjectPermission!]
    twoFactorAuthenticationMethodSummary: [TwoFactorAuthenticationMethodSummary!]
  }
  type User {
    id: UUID!
    firstName: String!
    lastName: String!
    email: String!
    isEmailVerified: Boolean!
    disabled: Boolean
    canImpersonate: Boolean!
    canAccessFullAdminPanel: Boolean!
    createdAt: DateTime!
    updatedAt: DateTime!
    deletedAt: DateTime
    locale: String!
    hasPassword: Boolean!
    workspaceMember: WorkspaceMember
    currentWorkspace: Workspace
    currentUserWorkspace: UserWorkspace
  }

  extend type Query {
    currentUser: User!
  }
`;

export const currentUserModule: MetadataModule = {
  typeDefs,
  queries: {
    currentUser: async (_args, context) => {
      const auth = requireUser(context);
      const member = await findMember(context.server.store, auth.userWorkspaceId);
      if (member === undefined) throw new Error(`No membership ${auth.userWorkspaceId}`);
      return describeUser(context.server, auth, member);
    },
  },
  mutations: {},
};

function describeUser(server: Server, auth: UserContext, member: Member) {
  return {
    id: member.userId,
    firstName: member.firstName,
    lastName: member.lastName,
    email: member.email,
    isEmailVerified: true,
    disabled: false,
    canImpersonate: false,
    canAccessFullAdminPanel: false,
    createdAt: member.userCreatedAt,
    updatedAt: member.userCreatedAt,
    deletedAt: null,
    locale: member.locale,
    hasPassword: true,
    workspaceMember: () => describeMember(server, auth),
    currentWorkspace: () => describeWorkspace(server, auth.workspaceId),
    currentUserWorkspace: () => describeMembership(server, auth, member),
  };
}

async function describeMember(server: Server, auth: UserContext) {
  const [record] = await memberRecords(server, auth.workspaceId, [auth.workspaceMemberId]);
  const role = (await server.roles.get(auth.workspaceId)).get(auth.roleId);
  return record === undefined ? null : { ...record, userWorkspaceId: auth.userWorkspaceId, roles: [role] };
}

async function describeMembership(server: Server, auth: UserContext, member: Member) {
  const granted = await permissions(server, auth);
  const method = await findTwoFactorMethod(server.store, auth.userWorkspaceId);
  return {
    id: member.userWorkspaceId,
    userId: member.userId,
    locale: member.locale,
    createdAt: member.userCreatedAt,
    permissionFlags: grantedFlags(granted),
    objectsPermissions: objectsPermissions(granted, await server.models.get(auth.workspaceId)),
    twoFactorAuthenticationMethodSummary:
      method === undefined
        ? []
        : [{ twoFactorAuthenticationMethodId: method.id, status: method.status, strategy: 'TOTP' }],
  };
}

function objectsPermissions(granted: Permissions, model: Model) {
  return model.objects.map((object) => ({
    objectMetadataId: object.id,
    canReadObjectRecords: granted.can('read', object),
    canUpdateObjectRecords: granted.can('update', object),
    canSoftDeleteObjectRecords: granted.can('softDelete', object),
    canDestroyObjectRecords: granted.can('destroy', object),
    restrictedFields: restrictedFields(granted, object),
  }));
}

/** Fields the role restricts: `{<field id>: {canRead, canUpdate}}`. */
function restrictedFields(granted: Permissions, object: ObjectMetadata) {
  const restricted = object.fields.filter((field) => !granted.canReadField(field) || !granted.canUpdateField(field));
  return Object.fromEntries(
    restricted.map((field) => [
      field.id,
      { canRead: granted.canReadField(field), canUpdate: granted.canUpdateField(field) },
    ]),
  );
}
