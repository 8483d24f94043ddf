/** Objects and indexes on /metadata (Twenty 2.21). */
export const objectsSdl = /* GraphQL */ `
  type Object {
    id: UUID!
    universalIdentifier: String!
    nameSingular: String!
    namePlural: String!
    labelSingular: String!
    labelPlural: String!
    description: String
    icon: String
    shortcut: String
    color: String
    isRemote: Boolean!
    isActive: Boolean!
    isCustom: Boolean!
    isSystem: Boolean!
    isUIEditable: Boolean!
    isUICreatable: Boolean!
    isUIReadOnly: Boolean! @deprecated(reason: "Use isUIEditable")
    isSearchable: Boolean!
    applicationId: UUID!
    createdAt: DateTime!
    updatedAt: DateTime!
    labelIdentifierFieldMetadataId: UUID
    imageIdentifierFieldMetadataId: UUID
    isLabelSyncedWithName: Boolean!
    duplicateCriteria: [[String!]!]
    fieldsList: [Field!]!
    indexMetadataList: [Index!]!
    searchFieldMetadataList: [SearchField!]!
    fields(paging: CursorPaging! = { first: 10 }, filter: FieldFilter! = {}): ObjectFieldsConnection!
    indexMetadatas(paging: CursorPaging! = { first: 10 }, filter: IndexFilter! = {}): ObjectIndexMetadatasConnection!
  }

  type Index {
    id: UUID!
    name: String!
    isCustom: Boolean
    isUnique: Boolean!
    indexWhereClause: String
    indexType: IndexType!
    createdAt: DateTime!
    updatedAt: DateTime!
    indexFieldMetadataList: [IndexField!]!
  }

  type IndexField {
    id: UUID!
    fieldMetadataId: UUID!
    order: Float!
    subFieldName: String
    createdAt: DateTime!
    updatedAt: DateTime!
  }

  input CreateOneObjectInput {
    object: CreateObjectInput!
  }

  input CreateObjectInput {
    nameSingular: String!
    namePlural: String!
    labelSingular: String!
    labelPlural: String!
    description: String
    icon: String
    shortcut: String
    color: String
    skipNameField: Boolean
    isRemote: Boolean
    primaryKeyColumnType: String
    primaryKeyFieldMetadataSettings: JSON
    isLabelSyncedWithName: Boolean
  }

  input UpdateOneObjectInput {
    update: UpdateObjectPayload!
    id: UUID!
  }

  input UpdateObjectPayload {
    labelSingular: String
    labelPlural: String
    nameSingular: String
    namePlural: String
    description: String
    icon: String
    shortcut: String
    color: String
    isActive: Boolean
    labelIdentifierFieldMetadataId: UUID
    imageIdentifierFieldMetadataId: UUID
    isLabelSyncedWithName: Boolean
    isSearchable: Boolean
  }

  input DeleteOneObjectInput {
    id: UUID!
  }

  enum IndexType {
    BTREE
    GIN
  }

  type SearchField {
    id: UUID!
    fieldMetadataId: UUID!
    objectMetadataId: UUID!
    position: Float
  }

  input ObjectFilter {
    and: [ObjectFilter!]
    or: [ObjectFilter!]
    id: UUIDFilterComparison
    isCustom: BooleanFieldComparison
    isRemote: BooleanFieldComparison
    isActive: BooleanFieldComparison
    isSystem: BooleanFieldComparison
  }

  input FieldFilter {
    and: [FieldFilter!]
    or: [FieldFilter!]
    id: UUIDFilterComparison
    objectMetadataId: UUIDFilterComparison
    isCustom: BooleanFieldComparison
    isActive: BooleanFieldComparison
    isSystem: BooleanFieldComparison
  }

  input IndexFilter {
    and: [IndexFilter!]
    or: [IndexFilter!]
    id: UUIDFilterComparison
  }

  input UUIDFilterComparison {
    eq: UUID
    neq: UUID
    in: [UUID!]
    notIn: [UUID!]
  }

  input BooleanFieldComparison {
    is: Boolean
    isNot: Boolean
  }

  type ObjectEdge {
    node: Object!
    cursor: String!
  }

  type ObjectConnection {
    pageInfo: PageInfo!
    edges: [ObjectEdge!]!
  }

  type ObjectFieldsConnection {
    pageInfo: PageInfo!
    edges: [FieldEdge!]!
  }

  type ObjectIndexMetadatasConnection {
    pageInfo: PageInfo!
    edges: [IndexEdge!]!
  }

  type IndexEdge {
    node: Index!
    cursor: String!
  }

  extend type Query {
    object(id: UUID!): Object!
    objects(paging: CursorPaging! = { first: 10 }, filter: ObjectFilter! = {}): ObjectConnection!
  }

  extend type Mutation {
    createOneObject(input: CreateOneObjectInput!): Object!
    updateOneObject(input: UpdateOneObjectInput!): Object!
    deleteOneObject(input: DeleteOneObjectInput!): Object!
  }
`;
