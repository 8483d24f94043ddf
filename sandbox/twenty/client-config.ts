import type { HttpArea } from './server.ts';

/** What the front end and deploy tools ask before anyone is signed in; here the part that tells the version. */
export const clientConfigArea: HttpArea = (router) => {
  router.get('/client-config', (_request, response) => {
    response.json({
      appVersion: '2.21.0',
      authProviders: { google: false, magicLink: false, password: true, microsoft: false, sso: [] },
      isMultiWorkspaceEnabled: true,
    });
  });
};
