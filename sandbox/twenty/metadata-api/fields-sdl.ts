/** Fields, relations and the creation of indexes on /metadata (Twenty 2.21). */
export const fieldsSdl = /* GraphQL */ `
  type Field {
    id: UUID!
    universalIdentifier: String!
    type: FieldMetadataType!
    name: String!
    label: String!
    description: String
    icon: String
    isActive: Boolean
    isCustom: Boolean
    isSystem: Boolean
    isUIEditable: Boolean
    isUIReadOnly: Boolean @deprecated(reason: "Use isUIEditable")
    isNullable: Boolean
    isUnique: Boolean
    defaultValue: JSON
    options: JSON
    settings: JSON
    objectMetadataId: UUID!
    isLabelSyncedWithName: Boolean
    morphId: UUID
    createdAt: DateTime!
    updatedAt: DateTime!
    applicationId: UUID!
    relation: Relation
    morphRelations: [Relation!]
    object: Object
  }

  type Relation {
    type: RelationType!
    sourceObjectMetadata: Object!
    targetObjectMetadata: Object!
    sourceFieldMetadata: Field!
    targetFieldMetadata: Field!
  }

  enum FieldMetadataType {
    ACTOR
    ADDRESS
    ARRAY
    BOOLEAN
    CURRENCY
    DATE
    DATE_TIME
    EMAILS
    FILES
    FULL_NAME
    LINKS
    MORPH_RELATION
    MULTI_SELECT
    NUMBER
    NUMERIC
    PHONES
    POSITION
    RATING
    RAW_JSON
    RELATION
    RICH_TEXT
    SELECT
    TEXT
    TS_VECTOR
    UUID
  }

  enum RelationType {
    ONE_TO_MANY
    MANY_TO_ONE
  }

  input CreateOneFieldMetadataInput {
    field: CreateFieldInput!
  }

  input CreateFieldInput {
    type: FieldMetadataType!
    name: String!
    label: String!
    description: String
    icon: String
    isActive: Boolean
    isSystem: Boolean
    isUIEditable: Boolean
    isUIReadOnly: Boolean
    isNullable: Boolean
    isUnique: Boolean
    defaultValue: JSON
    options: JSON
    settings: JSON
    objectMetadataId: UUID!
    isLabelSyncedWithName: Boolean
    isRemoteCreation: Boolean
    relationCreationPayload: JSON
    morphRelationsCreationPayload: [JSON!]
  }

  input UpdateOneFieldMetadataInput {
    id: UUID!
    update: UpdateFieldInput!
  }

  input UpdateFieldInput {
    universalIdentifier: String
    name: String
    label: String
    description: String
    icon: String
    isActive: Boolean
    isSystem: Boolean
    isUIEditable: Boolean
    isUIReadOnly: Boolean
    isNullable: Boolean
    isUnique: Boolean
    defaultValue: JSON
    options: JSON
    settings: JSON
    objectMetadataId: UUID
    isLabelSyncedWithName: Boolean
    morphRelationsUpdatePayload: [JSON!]
  }

  input DeleteOneFieldInput {
    id: UUID!
  }

  input CreateOneIndexInput {
    index: CreateIndexInput!
  }

  input CreateIndexInput {
    objectMetadataId: UUID!
    fields: [CreateIndexFieldInput!]!
    indexType: IndexType! = BTREE
  }

  input CreateIndexFieldInput {
    fieldMetadataId: UUID!
    subFieldName: String
  }

  input DeleteOneIndexInput {
    id: UUID!
  }

  type FieldEdge {
    node: Field!
    cursor: String!
  }

  type FieldConnection {
    pageInfo: PageInfo!
    edges: [FieldEdge!]!
  }

  extend type Query {
    field(id: UUID!): Field!
    fields(paging: CursorPaging! = { first: 10 }, filter: FieldFilter! = {}): FieldConnection!
  }

  extend type Mutation {
    createOneField(input: CreateOneFieldMetadataInput!): Field!
    updateOneField(input: UpdateOneFieldMetadataInput!): Field!
    deleteOneField(input: DeleteOneFieldInput!): Field!
    createOneIndex(input: CreateOneIndexInput!): Index!
    deleteOneIndex(input: DeleteOneIndexInput!): Index!
  }
`;
