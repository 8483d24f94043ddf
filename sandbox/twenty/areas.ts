import { clientConfigArea } from './client-config.ts';
import { filesArea } from './files/routes.ts';
import { multipartArea } from './metadata-api/multipart.ts';
import { oauthArea } from './oauth/routes.ts';
import type { HttpArea } from './server.ts';

/** Routes beside /graphql and /metadata. */
export const httpAreas: readonly HttpArea[] = [oauthArea, multipartArea, filesArea, clientConfigArea];
