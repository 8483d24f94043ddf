import { randomUUID } from 'node:crypto';
import { value } from './answers.ts';
import type { Client, Reply } from './client.ts';
import type { Fixture } from './fixture.ts';

export type Registration = { id: string; universalIdentifier: string; clientId: string; clientSecret: string };

export const createRegistration = (client: Client, input: Record<string, unknown>): Promise<Reply> =>
  client.metadata(
    `mutation($i:CreateApplicationRegistrationInput!){createApplicationRegistration(input:$i){clientSecret
      applicationRegistration{id universalIdentifier name oAuthClientId oAuthRedirectUris oAuthScopes sourceType ownerWorkspaceId}}}`,
    { i: input },
  );

/** A confidential OAuth client that goes, with what was installed of it, when the test file ends. */
export async function registerClient(
  contract: Fixture,
  redirectUri = 'https://hub.example/auth/callback',
): Promise<Registration> {
  const universalIdentifier = randomUUID();
  const { clientSecret, applicationRegistration: made } = value(
    await createRegistration(contract.key, {
      name: `Contract ${contract.name}`,
      universalIdentifier,
      oAuthRedirectUris: [redirectUri],
      oAuthScopes: ['api', 'profile'],
    }),
  ) as { clientSecret: string; applicationRegistration: { id: string; oAuthClientId: string } };
  contract.onClose(() =>
    contract.key.metadata('mutation($id:String!){deleteApplicationRegistration(id:$id)}', { id: made.id }).then(value),
  );
  // Answers an error when nothing was installed, which is fine.
  contract.onClose(() => uninstall(contract.key, universalIdentifier));
  return { id: made.id, universalIdentifier, clientId: made.oAuthClientId, clientSecret };
}

export const uninstall = (client: Client, universalIdentifier: string): Promise<Reply> =>
  client.metadata('mutation($u:String!){uninstallApplication(universalIdentifier:$u)}', { u: universalIdentifier });

/** Installs an empty application for a registration; answers its id. */
export async function install(client: Client, { universalIdentifier }: Registration, name: string): Promise<string> {
  const reply = await client.metadata(
    'mutation($u:String!,$n:String!){createDevelopmentApplication(universalIdentifier:$u,name:$n){id universalIdentifier}}',
    { u: universalIdentifier, n: name },
  );
  return (value(reply) as { id: string }).id;
}

/** Uploads the package description that a sync reads the version from. */
export function uploadPackage(client: Client, { universalIdentifier }: Registration): Promise<Reply> {
  const query =
    'mutation($file:Upload!,$u:String!){uploadApplicationFile(file:$file,applicationUniversalIdentifier:$u,fileFolder:Dependencies,filePath:"package.json"){path}}';
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: { file: null, u: universalIdentifier } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', new Blob([JSON.stringify({ name: 'contract', version: '1.0.0' })]), 'package.json');
  return client.send('/metadata', { method: 'POST', headers: { 'x-graphql-yoga-csrf': '1' }, body: form });
}

/** Gives an installed application a role that may read and write, but not delete. */
export const syncRole = (client: Client, { universalIdentifier }: Registration, name: string): Promise<Reply> => {
  const role = {
    universalIdentifier: randomUUID(),
    label: `${name} role`,
    description: 'Reads and writes, but does not delete',
    canReadAllObjectRecords: true,
    canUpdateAllObjectRecords: true,
    canSoftDeleteAllObjectRecords: false,
    canDestroyAllObjectRecords: false,
  };
  const application = {
    universalIdentifier,
    displayName: name,
    description: 'Made by the contract suite',
    defaultRoleUniversalIdentifier: role.universalIdentifier,
    packageJsonChecksum: null,
    yarnLockChecksum: null,
  };
  const manifest = { ...emptyManifest, application, roles: [role] };
  return client.metadata(
    'mutation($manifest:JSON!){syncApplication(manifest:$manifest){applicationUniversalIdentifier}}',
    { manifest },
  );
};

const emptyManifest = {
  objects: [],
  fields: [],
  logicFunctions: [],
  frontComponents: [],
  permissionFlags: [],
  skills: [],
  agents: [],
  publicAssets: [],
  views: [],
  viewFields: [],
  navigationMenuItems: [],
  pageLayouts: [],
  pageLayoutTabs: [],
  commandMenuItems: [],
};

export type IssuedTokens = {
  applicationAccessToken: { token: string; expiresAt: string };
  applicationRefreshToken: { token: string; expiresAt: string };
};

export async function applicationTokens(client: Client, applicationId: string): Promise<IssuedTokens> {
  const reply = await client.metadata(
    `mutation($a:UUID!){generateApplicationToken(applicationId:$a){
      applicationAccessToken{token expiresAt} applicationRefreshToken{token expiresAt}}}`,
    { a: applicationId },
  );
  return value(reply) as IssuedTokens;
}

/** The claims of a token, unverified: Twenty publishes no key to verify them with. */
export const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString()) as Record<string, unknown>;
