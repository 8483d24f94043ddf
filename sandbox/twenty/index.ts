import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSigningKey } from './auth/signing-key.ts';
import { createTokens } from './auth/tokens.ts';
import { createFaults, type Faults } from './faults.ts';
import { createApp } from './http.ts';
import { createModels } from './metadata/models.ts';
import { createRateLimit, DEFAULT_LIMITS, type RateLimits, withFaults } from './rate-limit.ts';
import { createRoles } from './roles/roles.ts';
import type { Server } from './server.ts';
import { openStore } from './store.ts';
import { createMember, removeMember, type CreatedMember, type NewWorkspaceMember } from './members.ts';
import { createWebhooks } from './webhooks/webhooks.ts';
import { createWorkspace, type CreatedWorkspace, type NewWorkspace } from './workspace.ts';

export type { Fault, Faults, FaultScope } from './faults.ts';
export type { RateLimits } from './rate-limit.ts';
export type { CreatedMember, NewWorkspaceMember } from './members.ts';
export type { CreatedWorkspace, NewWorkspace } from './workspace.ts';

export interface TwentyOptions {
  databaseUrl: string;
  /** PostgreSQL schema of the server; the records of each workspace get one of their own. Default `twenty_standin`. */
  schema?: string;
  host?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Rate limit of API keys. Default: 100 per second and 100 per minute, as in Twenty. */
  limits?: RateLimits | 'off';
  /** Wait before a webhook is sent, in milliseconds; default 0. */
  webhookDelayMs?: number;
  clock?: () => Date;
  /** Folder of uploaded files; default one under the system's temporary folder, named after the schema. */
  filesDir?: string;
}

export interface Twenty {
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  createWorkspace(workspace: NewWorkspace): Promise<CreatedWorkspace>;
  /** Adds a person to a workspace, as accepting an invitation does. */
  createMember(member: NewWorkspaceMember): Promise<CreatedMember>;
  /** Takes a person out of a workspace: his tokens stop working and his member record is soft-deleted. */
  removeMember(member: { workspaceId: string; workspaceMemberId: string }): Promise<void>;
  close(): Promise<void>;
}

/** Starts a stand-in of Twenty CRM 2.21 that speaks its wire protocol. What was stored under the same schema is kept. */
export async function startTwenty(options: TwentyOptions): Promise<Twenty> {
  const { host = '127.0.0.1', port = 0, schema = 'twenty_standin' } = options;
  const store = await openStore(options.databaseUrl, schema);
  const key = await openSigningKey(store).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const faults = createFaults();
  const clock = options.clock ?? (() => new Date());
  // As a proxy before a server in use: who pauses between two requests finds the connection as it was.
  const http = createServer({ keepAliveTimeout: 75_000 });
  const server: Server = {
    store,
    faults,
    rateLimit: withFaults(createRateLimit(options.limits ?? DEFAULT_LIMITS, clock), faults),
    webhooks: createWebhooks(store, faults, options.webhookDelayMs ?? 0),
    models: createModels(store),
    roles: createRoles(store),
    tokens: createTokens(key, clock),
    clock,
    filesDir: options.filesDir ?? join(tmpdir(), schema, 'files'),
    url: () => `http://${host}:${portOf(http)}`,
  };
  http.on('request', createApp(server));
  try {
    await listen(http, port, host);
  } catch (error) {
    await store.close();
    throw error;
  }
  return {
    url: server.url(),
    port: portOf(http),
    faults,
    createWorkspace: (workspace) => createWorkspace(server, workspace),
    createMember: (member) => createMember(server, member),
    removeMember: ({ workspaceId, workspaceMemberId }) => removeMember(server, workspaceId, workspaceMemberId),
    close: async () => {
      await closeHttp(http);
      await server.webhooks.close();
      await store.close();
    },
  };
}

function portOf(http: HttpServer): number {
  return (http.address() as AddressInfo).port;
}

function listen(http: HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
}

function closeHttp(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}
