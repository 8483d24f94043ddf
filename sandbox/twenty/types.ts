import type { GraphQLSchema } from 'graphql';
import type { Operations } from './records/operations.ts';
import type { Shape } from './records/shape.ts';

/** Words shared by all parts of the Twenty stand-in. */

export type AuthContext = {
  kind: 'apiKey' | 'user' | 'application';
  workspaceId: string;
  apiKeyId?: string;
  /** Name of the key or application, written into createdBy. */
  actorName: string;
  userId?: string;
  userWorkspaceId?: string;
  workspaceMemberId?: string;
  applicationId?: string;
  roleId?: string;
  isAdmin: boolean;
};

export type Workspace = {
  id: string;
  displayName: string;
  subdomain: string;
  /** PostgreSQL schema that holds the tables of the workspace's records. */
  recordSchema: string;
  standardApplicationId: string;
  /** Application that owns what is created through the API, as in Twenty. */
  customApplicationId: string;
  settings: Record<string, unknown>;
  createdAt: Date;
};

export type FieldType =
  | 'ACTOR'
  | 'ADDRESS'
  | 'ARRAY'
  | 'BOOLEAN'
  | 'CURRENCY'
  | 'DATE'
  | 'DATE_TIME'
  | 'EMAILS'
  | 'FILES'
  | 'FULL_NAME'
  | 'LINKS'
  | 'MORPH_RELATION'
  | 'MULTI_SELECT'
  | 'NUMBER'
  | 'NUMERIC'
  | 'PHONES'
  | 'POSITION'
  | 'RATING'
  | 'RAW_JSON'
  | 'RELATION'
  | 'RICH_TEXT'
  | 'SELECT'
  | 'TEXT'
  | 'TS_VECTOR'
  | 'UUID';

export type FieldOption = { id: string; value: string; label: string; color: string; position: number };

/** One end of a relation. A RELATION field has one, a MORPH_RELATION one per target object. */
export type RelationEnd = {
  type: 'MANY_TO_ONE' | 'ONE_TO_MANY';
  /** Name in GraphQL: the field's name, or `targetCompany` for a morph relation. */
  name: string;
  targetObjectId: string;
  targetFieldId: string;
  joinColumn: string | null;
  onDelete: 'CASCADE' | 'RESTRICT' | 'SET_NULL' | 'NO_ACTION' | null;
};

export type FieldMetadata = {
  id: string;
  universalIdentifier: string;
  objectMetadataId: string;
  applicationId: string;
  type: FieldType;
  name: string;
  label: string;
  description: string | null;
  icon: string | null;
  isActive: boolean;
  isSystem: boolean;
  isUIEditable: boolean;
  isNullable: boolean;
  isUnique: boolean;
  isLabelSyncedWithName: boolean;
  defaultValue: unknown;
  options: FieldOption[] | null;
  settings: Record<string, unknown> | null;
  morphId: string | null;
  relations: RelationEnd[];
  createdAt: Date;
  updatedAt: Date;
};

export type IndexMetadata = {
  id: string;
  universalIdentifier: string;
  objectMetadataId: string;
  applicationId: string;
  name: string;
  isUnique: boolean;
  isCustom: boolean;
  indexType: 'BTREE' | 'GIN';
  /** SQL condition of a partial index. */
  whereClause: string | null;
  fields: { id: string; fieldMetadataId: string; subFieldName: string | null; order: number }[];
  createdAt: Date;
  updatedAt: Date;
};

export type ObjectMetadata = {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  description: string | null;
  icon: string | null;
  shortcut: string | null;
  color: string | null;
  isActive: boolean;
  isSystem: boolean;
  isSearchable: boolean;
  isUICreatable: boolean;
  isUIEditable: boolean;
  isLabelSyncedWithName: boolean;
  labelIdentifierFieldId: string | null;
  imageIdentifierFieldId: string | null;
  duplicateCriteria: string[][] | null;
  /** Table in the workspace's record schema: custom objects carry a leading underscore, as in Twenty. */
  tableName: string;
  searchFieldIds: string[];
  fields: FieldMetadata[];
  indexes: IndexMetadata[];
  createdAt: Date;
  updatedAt: Date;
};

/** Everything known about the objects of one workspace, read once and replaced as a whole at every change. */
export type Model = {
  workspace: Workspace;
  objects: ObjectMetadata[];
  bySingular: ReadonlyMap<string, ObjectMetadata>;
  byPlural: ReadonlyMap<string, ObjectMetadata>;
  byId: ReadonlyMap<string, ObjectMetadata>;
  fieldById: ReadonlyMap<string, FieldMetadata>;
  /** How the records of each object are stored, by object id. */
  shapes: ReadonlyMap<string, Shape>;
  operations: Operations;
  /** What introspection of /graphql shows; made when first asked for. */
  recordSchema: () => GraphQLSchema;
};
