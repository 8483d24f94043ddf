import { Kind, type DocumentNode } from 'graphql';

/** Operations of /metadata that need no login; a bad token does no harm there. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set([
  '__schema',
  '__type',
  '__typename',
  'getLoginTokenFromCredentials',
  'getAuthTokensFromLoginToken',
  'getAuthTokensFromOTP',
  'initiateOTPProvisioning',
  'renewToken',
  'getPublicWorkspaceDataByDomain',
  'findApplicationRegistrationByClientId',
]);

export function isPublic(document: DocumentNode): boolean {
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .flatMap((operation) => operation.selectionSet.selections)
    .every((selection) => selection.kind === Kind.FIELD && PUBLIC_FIELDS.has(selection.name.value));
}
