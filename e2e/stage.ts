import { randomBytes } from 'node:crypto';
import {
  createTwentyClient,
  installApp,
  readDemoData,
  seedDemo,
  signIn,
  type TwentyClient,
} from '@switchboard/sandbox/demo';
import { startTwenty, type Twenty } from '@switchboard/sandbox/twenty';
import { freePort, testDatabase } from '@switchboard/testing';

/** What the stage needs of a Twenty: one in this process, or one in a process of its own. */
export type TwentyServer = Pick<Twenty, 'url' | 'createWorkspace' | 'close'>;

/** Everything around the hub's processes: a database, a Twenty with demo customers, settings; and the operator's hands. */
export interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  readonly twenty: TwentyServer;
  readonly crm: TwentyClient;
  /** The key that 3CX presents. */
  readonly threecxKey: string;
  /** Creates the tenant `acme`, connects it and enables 3CX. The hub must run. */
  readonly provision: () => Promise<void>;
  readonly api: (method: string, path: string, body?: object) => Promise<{ status: number; body: unknown }>;
  readonly close: () => Promise<void>;
}

export async function setStage(
  extra: Readonly<Record<string, string>> = {},
  start: (options: { databaseUrl: string; schema: string }) => Promise<TwentyServer> = startTwenty,
): Promise<Stage> {
  const [hubDatabase, crmDatabase] = [await testDatabase(), await testDatabase()];
  const twenty = await start({
    databaseUrl: crmDatabase.url,
    schema: `twenty_${randomBytes(4).toString('hex')}`,
  });
  const { apiKey, crm } = await createWorkspace(twenty);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const operatorToken = randomBytes(32).toString('base64url');
  const threecxKey = randomBytes(24).toString('base64url');

  async function api(method: string, path: string, body?: object) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  async function must(method: string, path: string, body: object): Promise<void> {
    const answer = await api(method, path, body);
    if (answer.status >= 300 || (answer.body as { ok?: boolean }).ok === false)
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  }

  return {
    url,
    twenty,
    crm,
    threecxKey,
    api,
    env: {
      DATABASE_URL: hubDatabase.url,
      HUB_KEY: randomBytes(32).toString('base64'),
      OPERATOR_TOKEN: operatorToken,
      PORT: String(port),
      PUBLIC_URL: url,
      LOG_FORMAT: 'json',
      ...extra,
    },
    async provision() {
      await must('POST', '/tenants', { slug: 'acme', name: 'Acme', country: 'NL' });
      await must('PUT', '/tenants/acme/crm', { url: twenty.url, apiKey });
      await must('POST', '/tenants/acme/plugins/threecx/enable', { config: { apiKey: threecxKey } });
    },
    async close() {
      await twenty.close();
      await crmDatabase.close();
      await hubDatabase.close();
    },
  };
}

async function createWorkspace(twenty: TwentyServer): Promise<{ apiKey: string; crm: TwentyClient }> {
  const admin = { email: 'admin@example.com', password: 'password-1', firstName: 'Ada', lastName: 'Admin' };
  const { apiKey } = await twenty.createWorkspace({ name: 'Acme', subdomain: 'acme', admin });
  // A member's token has no rate limit: the tests look often, and the hub's budget is its own.
  const crm = createTwentyClient(twenty.url, await signIn(twenty.url, admin));
  await installApp(createTwentyClient(twenty.url, apiKey), new URL('../crm/', import.meta.url));
  await seedDemo(crm, readDemoData());
  return { apiKey, crm };
}
