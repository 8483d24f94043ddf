import { createTwentyClient } from '@switchboard/sandbox/demo';
import { switchboardApp } from '../../crm/app.ts';

const role = '1e405998-1016-5caa-ae6c-db48f25d3d4b';

export type AppRole = {
  readonly canUpdateAllObjectRecords?: boolean;
};

/**
 * Installs an application with our identifier and a role, and nothing else: all that the gateway needs of it is its token.
 *
 * @param rights null: an application without a role, which Twenty lets in nowhere
 */
export async function installApp(apiKey: string, url: string, rights: AppRole | null = {}): Promise<void> {
  const twenty = createTwentyClient(url, apiKey);
  const identity = { universalIdentifier: switchboardApp, name: 'Switchboard' };
  // Registrations are the server's, not the workspace's: another tenant of the file may have made it.
  await twenty
    .metadata(
      'mutation($input:CreateApplicationRegistrationInput!){createApplicationRegistration(input:$input){applicationRegistration{id}}}',
      { input: identity },
    )
    .catch((error: unknown) => {
      if (!String(error).includes('already claimed')) throw error;
    });
  await twenty.metadata(
    'mutation($universalIdentifier:String!,$name:String!){createDevelopmentApplication(universalIdentifier:$universalIdentifier,name:$name){id}}',
    identity,
  );
  await twenty.upload(
    `mutation($file:Upload!,$applicationUniversalIdentifier:String!,$fileFolder:FileFolder!,$filePath:String!){
      uploadApplicationFile(file:$file,applicationUniversalIdentifier:$applicationUniversalIdentifier,fileFolder:$fileFolder,filePath:$filePath){path}}`,
    { applicationUniversalIdentifier: switchboardApp, fileFolder: 'Dependencies', filePath: 'package.json' },
    new Blob(['{"name":"switchboard","version":"0.0.1"}'], { type: 'application/json' }),
  );
  const manifest = {
    application: {
      universalIdentifier: switchboardApp,
      displayName: 'Switchboard',
      ...(rights !== null && { defaultRoleUniversalIdentifier: role }),
    },
    roles: rights === null ? [] : [{ universalIdentifier: role, label: 'Switchboard hub', ...everything, ...rights }],
  };
  await twenty.metadata('mutation($manifest:JSON!){syncApplication(manifest:$manifest){actions}}', { manifest });
}

const everything = {
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
};
