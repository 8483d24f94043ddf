import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyPlugin } from '@switchboard/core/contract';
import { createHub, createLog, createRegistry, type Hub, loadConfig } from '@switchboard/core';
import { createTwentyClient, type TwentyClient } from '@switchboard/sandbox/demo';
import type { startTwenty, Twenty } from '@switchboard/sandbox/twenty';
import { freshDatabase, testDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { startBareTwenty, startInstalledTwenty } from './installed-twenty.ts';

export interface TestHubOptions {
  readonly plugins?: readonly AnyPlugin[];
  /** False leaves the hub without a Twenty. Default true: a stand-in with our application installed, connected to the tenant `acme`. */
  readonly crm?: boolean;
  /** Rate limits of the stand-in; off unless told, so that tests do not wait. */
  readonly limits?: Parameters<typeof startTwenty>[0]['limits'];
  readonly env?: Readonly<Record<string, string>>;
  /** A database and no schema of its own, for tests that meddle with sessions. Default false. */
  readonly ownDatabase?: boolean;
}

/** The real hub on a real database, with a stand-in of Twenty beside it that it does not know from a real one. */
export interface TestHub {
  readonly hub: Hub;
  readonly url: string;
  readonly operatorToken: string;
  readonly tenantId: string;
  /** Of the stand-in. */
  readonly workspaceId: string;
  /** Of the role Admin there. */
  readonly apiKey: string;
  readonly twenty: Twenty;
  /** Reads and writes the CRM as a member with all rights would. */
  readonly crm: TwentyClient;
  /** A request to the hub's own API; JSON in and out. */
  readonly api: (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;
  readonly close: () => Promise<void>;
}

export const TEST_TENANT = 'acme';

export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const opened: { close: () => Promise<unknown> }[] = [];
  const close = async () => {
    for (const one of opened.splice(0).toReversed()) await one.close();
  };
  try {
    return { ...(await open(options, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  { plugins = [], crm: withCrm = true, limits = 'off', env = {}, ownDatabase = false }: TestHubOptions,
  opened: { close: () => Promise<unknown> }[],
): Promise<Omit<TestHub, 'close'>> {
  const keep = <Closable extends { close: () => Promise<unknown> }>(closable: Closable): Closable => {
    opened.push(closable);
    return closable;
  };
  const database = keep(await (ownDatabase ? freshDatabase() : testDatabase()));
  const { twenty, workspace } = keep(await (withCrm ? startInstalledTwenty(limits) : startBareTwenty(limits)));
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-'));
  keep({ close: () => rm(dataDir, { recursive: true }) });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
    PORT: String(port),
    PUBLIC_URL: url,
    ...env,
  });
  const log = createLog({ level: 'error', format: 'json' });
  const hub = keep(await createHub({ config, databaseUrl: database.url, registry: createRegistry(plugins), log }));
  const tenant = await hub.admin.tenants.create(
    { slug: TEST_TENANT, name: 'Acme', country: 'NL', timeZone: 'Europe/Amsterdam' },
    'test',
  );
  await hub.startWorker();
  await hub.startWeb();
  const crm = createTwentyClient(twenty.url, workspace.apiKey);
  if (withCrm) await connect(hub, twenty.url, workspace.apiKey);
  return {
    hub,
    url,
    operatorToken: config.operatorToken,
    tenantId: tenant.id,
    workspaceId: workspace.workspaceId,
    apiKey: workspace.apiKey,
    twenty,
    crm,
    api: (method, path, body) => callApi(url, config.operatorToken, method, path, body),
  };
}

async function connect(hub: Hub, url: string, apiKey: string): Promise<void> {
  const lines = await hub.admin.crm.connect(TEST_TENANT, { url, apiKey }, 'test', AbortSignal.timeout(60_000));
  const failed = lines.find((line) => line.state === 'failed');
  if (failed !== undefined) throw new Error(`The test tenant cannot be connected: ${failed.name}: ${failed.detail}`);
}

async function callApi(url: string, token: string, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
