import type { Router } from 'express';
import type { Tokens } from './auth/tokens.ts';
import type { Store } from './store.ts';
import type { Models } from './metadata/models.ts';
import type { Roles } from './roles/roles.ts';
import type { Faults } from './faults.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import type { AuthContext } from './types.ts';

/** What every part of the stand-in works with. */
export type Server = {
  store: Store;
  models: Models;
  roles: Roles;
  tokens: Tokens;
  faults: Faults;
  rateLimit: RateLimit;
  webhooks: Webhooks;
  clock: () => Date;
  /** Folder of uploaded files. */
  filesDir: string;
  /** Address the server answers on, e.g. http://127.0.0.1:3900; Twenty's SERVER_URL. */
  url: () => string;
};

/** One area's routes (OAuth, files, REST ...), mounted at the root. */
export type HttpArea = (router: Router, server: Server) => void;

export type RequestContext = {
  server: Server;
  auth: AuthContext | undefined;
  /** Set when a token was sent but is bad: /metadata operations that need a login answer with it. */
  authError: Error | undefined;
  /** Value of the Origin header; password login picks the workspace by it. */
  origin: string | undefined;
  /** Host the client asked, with port. */
  host: string;
};
