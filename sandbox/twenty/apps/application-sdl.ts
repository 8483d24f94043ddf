export const applicationTypeDefs = /* GraphQL */ `
  enum FileFolder {
    CorePicture
    AgentChat
    BuiltLogicFunction
    BuiltFrontComponent
    PublicAsset
    Source
    FilesField
    Dependencies
    Workflow
    EmailAttachment
    AppTarball
    GeneratedSdkClient
    Dpa
  }
  type File {
    id: UUID!
    path: String!
    size: Float!
    createdAt: DateTime!
  }
  type ApplicationTokenPair {
    applicationAccessToken: AuthToken!
    applicationRefreshToken: AuthToken!
  }
  type DevelopmentApplication {
    id: String!
    universalIdentifier: String!
  }
  type WorkspaceMigration {
    applicationUniversalIdentifier: String!
    actions: JSON!
  }
  type ApplicationRegistrationSummary {
    id: UUID!
    latestAvailableVersion: String
    sourceType: ApplicationRegistrationSourceType!
  }
  type FrontComponent {
    id: UUID!
    universalIdentifier: UUID
    name: String!
    description: String
    applicationId: UUID!
    builtComponentChecksum: String!
    isHeadless: Boolean!
    applicationTokenPair: ApplicationTokenPair
  }
  type CommandMenuItem {
    id: UUID!
    universalIdentifier: UUID
    label: String!
    shortLabel: String
    isPinned: Boolean!
    availabilityType: String!
    frontComponentId: UUID
    applicationId: UUID!
  }
  type Application {
    id: UUID!
    name: String!
    description: String
    version: String
    universalIdentifier: String!
    packageJsonChecksum: String
    applicationRegistrationId: UUID
    canBeUninstalled: Boolean!
    defaultRoleId: String
    frontComponents: [FrontComponent!]!
    commandMenuItems: [CommandMenuItem!]!
    applicationRegistration: ApplicationRegistrationSummary
  }

  extend type Query {
    findManyApplications: [Application!]!
    findOneApplication(id: UUID, universalIdentifier: UUID): Application!
    frontComponents: [FrontComponent!]!
    frontComponent(id: UUID!): FrontComponent
    commandMenuItems: [CommandMenuItem!]!
  }
  extend type Mutation {
    createDevelopmentApplication(universalIdentifier: String!, name: String!): DevelopmentApplication!
    syncApplication(manifest: JSON!, dryRun: Boolean): WorkspaceMigration!
    uploadApplicationFile(
      file: Upload!
      applicationUniversalIdentifier: String!
      fileFolder: FileFolder!
      filePath: String!
    ): File!
    installApplication(universalIdentifier: String!, version: String): Application!
    uninstallApplication(universalIdentifier: String!): Boolean!
    generateApplicationToken(applicationId: UUID!): ApplicationTokenPair!
    renewApplicationToken(applicationRefreshToken: String!): ApplicationTokenPair!
  }
`;
