import { apiKeysModule } from '../auth/api-keys-module.ts';
import { currentUserModule } from '../auth/current-user-module.ts';
import { loginModule } from '../auth/login-module.ts';
import { workspaceModule } from '../auth/workspace-module.ts';
import { oauthModule } from '../oauth/oauth-module.ts';
import { rolesModule } from '../roles/roles-module.ts';
import type { MetadataModule } from './module.ts';

/** All areas of /metadata. */
export const metadataModules: readonly MetadataModule[] = [
  workspaceModule,
  loginModule,
  currentUserModule,
  apiKeysModule,
  rolesModule,
  oauthModule,
];
