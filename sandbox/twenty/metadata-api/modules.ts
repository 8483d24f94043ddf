import { applicationsModule } from '../apps/applications-module.ts';
import { registrationsModule } from '../apps/registrations-module.ts';
import { apiKeysModule } from '../auth/api-keys-module.ts';
import { currentUserModule } from '../auth/current-user-module.ts';
import { loginModule } from '../auth/login-module.ts';
import { workspaceModule } from '../auth/workspace-module.ts';
import { filesModule } from '../files/files-module.ts';
import { oauthModule } from '../oauth/oauth-module.ts';
import { rolesModule } from '../roles/roles-module.ts';
import { fieldsModule } from './fields.ts';
import type { MetadataModule } from './module.ts';
import { objectsModule } from './objects.ts';
import { webhooksModule } from './webhooks.ts';

/** All areas of /metadata. */
export const metadataModules: readonly MetadataModule[] = [
  objectsModule,
  fieldsModule,
  webhooksModule,
  workspaceModule,
  loginModule,
  currentUserModule,
  apiKeysModule,
  rolesModule,
  oauthModule,
  registrationsModule,
  applicationsModule,
  filesModule,
];
