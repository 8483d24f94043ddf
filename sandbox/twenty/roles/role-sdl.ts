import { PERMISSION_FLAGS } from './flags.ts';

/** Types and operations of roles and their permissions. */
export const roleTypeDefs = /* GraphQL */ `
  enum PermissionFlagType {
    ${PERMISSION_FLAGS.join('\n    ')}
  }
  type FullName {
    firstName: String!
    lastName: String!
  }
  type WorkspaceMember {
    id: UUID!
    name: FullName!
    userEmail: String!
    colorScheme: String!
    avatarUrl: String
    locale: String
    calendarStartDay: Int
    timeZone: String
    dateFormat: String
    timeFormat: String
    numberFormat: String
    roles: [Role!]
    userWorkspaceId: UUID
  }
  type ApiKeyForRole {
    id: UUID!
    name: String!
    expiresAt: DateTime!
    revokedAt: DateTime
  }
  type ObjectPermission {
    objectMetadataId: UUID!
    canReadObjectRecords: Boolean
    canUpdateObjectRecords: Boolean
    canSoftDeleteObjectRecords: Boolean
    canDestroyObjectRecords: Boolean
    restrictedFields: JSON
  }
  type FieldPermission {
    id: UUID!
    objectMetadataId: UUID!
    fieldMetadataId: UUID!
    roleId: UUID!
    canReadFieldValue: Boolean
    canUpdateFieldValue: Boolean
  }
  enum RowLevelPermissionPredicateOperand {
    IS
    IS_NOT
    CONTAINS
    DOES_NOT_CONTAIN
    IS_EMPTY
    IS_NOT_EMPTY
  }
  type RowLevelPermissionPredicate {
    id: String!
    objectMetadataId: String!
    fieldMetadataId: String!
    operand: RowLevelPermissionPredicateOperand!
    value: JSON
  }
  type UpsertRowLevelPermissionPredicatesResult {
    predicates: [RowLevelPermissionPredicate!]!
  }
  type RolePermissionFlag {
    id: UUID!
    roleId: UUID!
    flag: String!
  }
  type Role {
    id: UUID!
    universalIdentifier: UUID
    label: String!
    description: String
    icon: String
    isEditable: Boolean!
    canBeAssignedToUsers: Boolean!
    canBeAssignedToAgents: Boolean!
    canBeAssignedToApiKeys: Boolean!
    canUpdateAllSettings: Boolean!
    canAccessAllTools: Boolean!
    canReadAllObjectRecords: Boolean!
    canUpdateAllObjectRecords: Boolean!
    canSoftDeleteAllObjectRecords: Boolean!
    canDestroyAllObjectRecords: Boolean!
    workspaceMembers: [WorkspaceMember!]!
    apiKeys: [ApiKeyForRole!]!
    permissionFlags: [RolePermissionFlag!]
    objectPermissions: [ObjectPermission!]
    fieldPermissions: [FieldPermission!]
    rowLevelPermissionPredicates: [RowLevelPermissionPredicate!]
  }

  input CreateRoleInput {
    id: String
    label: String!
    description: String
    icon: String
    canUpdateAllSettings: Boolean
    canAccessAllTools: Boolean
    canReadAllObjectRecords: Boolean
    canUpdateAllObjectRecords: Boolean
    canSoftDeleteAllObjectRecords: Boolean
    canDestroyAllObjectRecords: Boolean
    canBeAssignedToUsers: Boolean
    canBeAssignedToAgents: Boolean
    canBeAssignedToApiKeys: Boolean
  }
  input UpdateRoleInput {
    update: UpdateRolePayload!
    id: UUID!
  }
  input UpdateRolePayload {
    label: String
    description: String
    icon: String
    canUpdateAllSettings: Boolean
    canAccessAllTools: Boolean
    canReadAllObjectRecords: Boolean
    canUpdateAllObjectRecords: Boolean
    canSoftDeleteAllObjectRecords: Boolean
    canDestroyAllObjectRecords: Boolean
    canBeAssignedToUsers: Boolean
    canBeAssignedToAgents: Boolean
    canBeAssignedToApiKeys: Boolean
  }
  input UpsertObjectPermissionsInput {
    roleId: UUID!
    objectPermissions: [ObjectPermissionInput!]!
  }
  input ObjectPermissionInput {
    objectMetadataId: UUID!
    canReadObjectRecords: Boolean
    canUpdateObjectRecords: Boolean
    canSoftDeleteObjectRecords: Boolean
    canDestroyObjectRecords: Boolean
  }
  input UpsertFieldPermissionsInput {
    roleId: UUID!
    fieldPermissions: [FieldPermissionInput!]!
  }
  input FieldPermissionInput {
    objectMetadataId: UUID!
    fieldMetadataId: UUID!
    canReadFieldValue: Boolean
    canUpdateFieldValue: Boolean
  }
  input RowLevelPermissionPredicateInput {
    fieldMetadataId: UUID!
    operand: RowLevelPermissionPredicateOperand!
    value: JSON
  }
  input RowLevelPermissionPredicateGroupInput {
    objectMetadataId: UUID!
  }
  input UpsertRowLevelPermissionPredicatesInput {
    roleId: UUID!
    objectMetadataId: UUID!
    predicates: [RowLevelPermissionPredicateInput!]!
    predicateGroups: [RowLevelPermissionPredicateGroupInput!]!
  }
  input UpsertPermissionFlagsInput {
    roleId: UUID!
    permissionFlagKeys: [String!]!
  }

  extend type Query {
    getRoles: [Role!]!
  }
  extend type Mutation {
    createOneRole(createRoleInput: CreateRoleInput!): Role!
    updateOneRole(updateRoleInput: UpdateRoleInput!): Role!
    deleteOneRole(roleId: UUID!): String!
    upsertObjectPermissions(upsertObjectPermissionsInput: UpsertObjectPermissionsInput!): [ObjectPermission!]!
    upsertFieldPermissions(upsertFieldPermissionsInput: UpsertFieldPermissionsInput!): [FieldPermission!]!
    upsertRowLevelPermissionPredicates(
      input: UpsertRowLevelPermissionPredicatesInput!
    ): UpsertRowLevelPermissionPredicatesResult!
    upsertPermissionFlags(upsertPermissionFlagsInput: UpsertPermissionFlagsInput!): [RolePermissionFlag!]!
    updateWorkspaceMemberRole(workspaceMemberId: UUID!, roleId: UUID!): WorkspaceMember!
  }
`;
