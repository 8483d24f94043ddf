export const registrationTypeDefs = /* GraphQL */ `
  enum ApplicationRegistrationSourceType {
    NPM
    TARBALL
    LOCAL
    OAUTH_ONLY
  }
  type ApplicationRegistration {
    id: UUID!
    universalIdentifier: String!
    name: String!
    oAuthClientId: String!
    oAuthRedirectUris: [String!]!
    oAuthScopes: [String!]!
    ownerWorkspaceId: UUID
    sourceType: ApplicationRegistrationSourceType!
    sourcePackage: String
    latestAvailableVersion: String
    isListed: Boolean!
    isVetted: Boolean!
    isPreInstalled: Boolean!
    logoUrl: String
    createdAt: DateTime!
    updatedAt: DateTime!
    isConfigured: Boolean!
  }
  input CreateApplicationRegistrationInput {
    name: String!
    universalIdentifier: String
    oAuthRedirectUris: [String!]
    oAuthScopes: [String!]
  }
  type CreateApplicationRegistration {
    applicationRegistration: ApplicationRegistration!
    clientSecret: String!
  }
  type RotateClientSecret {
    clientSecret: String!
  }

  extend type Query {
    findApplicationRegistrationByUniversalIdentifier(universalIdentifier: String!): ApplicationRegistration
    findManyApplicationRegistrations: [ApplicationRegistration!]!
  }
  extend type Mutation {
    createApplicationRegistration(input: CreateApplicationRegistrationInput!): CreateApplicationRegistration!
    deleteApplicationRegistration(id: String!): Boolean!
    rotateApplicationRegistrationClientSecret(id: String!): RotateClientSecret!
    uploadAppTarball(file: Upload!, universalIdentifier: String): ApplicationRegistration!
  }
`;
