import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTwentyClient, installApp } from '@switchboard/sandbox/demo';
import { createAuditLog } from '../../core/audit/index.ts';
import type { CrmWrite, Logger } from '../../core/contract/index.ts';
import { createCrm } from '../../core/crm/index.ts';
import type { Crm } from '../../core/crm/index.ts';
import { createLeases } from '../../core/leases/leases.ts';
import { createKeyring, createSecrets } from '../../core/secrets/index.ts';
import type { Database } from '../../core/store/database.ts';
import { createCrmConnections, createTenants } from '../../core/tenants/index.ts';
import { waitFor } from '@switchboard/testing';
import { mirrors } from '../../plugins/threecx/mirrors.ts';
import type { TwentyServer } from '../../e2e/stage.ts';
import type { IdFor } from './workload.ts';

/** A workspace of Twenty and the gateway that writes to it, with the door for its webhooks. */
export interface Gateway {
  /** Unlocks the workspace to whoever compares. */
  readonly apiKey: string;
  readonly idFor: IdFor;
  /** Stages writes in one transaction. */
  readonly stage: (writes: readonly CrmWrite[]) => Promise<void>;
  /** Writes not yet confirmed by Twenty. */
  readonly left: () => Promise<number>;
  readonly isEmpty: () => Promise<boolean>;
  /** Record operations of writes that Twenty has answered. */
  readonly operations: () => number;
  /** Resolves when Twenty has answered a write with this text in it. */
  readonly answered: (text: string) => Promise<{ readonly leftAt: number; readonly answeredAt: number }>;
  /** From now on records go by the token of our application instead of the API key. */
  readonly useApplication: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error: console.error };

export async function openGateway(database: Database, twenty: TwentyServer): Promise<Gateway> {
  const { db } = database;
  const name = 'bench';
  const apiKey = await createWorkspace(twenty, name);
  await installApp(createTwentyClient(twenty.url, apiKey), new URL('../../crm/', import.meta.url));
  const audit = createAuditLog(db);
  const secrets = createSecrets(db, createKeyring([randomBytes(32)]));
  const tenants = createTenants({ db, audit });
  const connections = createCrmConnections({ db, secrets, audit });
  const where = { country: 'GB', timeZone: 'Europe/London', locale: 'en-GB' };
  const tenant = await tenants.create({ slug: name, name, ...where }, 'bench');
  await connections.connect(tenant.slug, { url: twenty.url, apiKey }, 'bench');
  const wire = createWire();
  const door = await openDoor();
  const crm = createCrm({
    database,
    secrets,
    tenants,
    connections,
    leases: createLeases({ db, log: silent }),
    log: silent,
    clock: { now: () => Date.now() },
    publicUrl: 'http://127.0.0.1:9',
    registry: { plugins: [{ id: 'bench', mirrors }] },
    settings: { active: async () => new Set(['bench']) },
    announce: async () => {},
    fetch: wire.fetch,
  });
  door.opens(crm);
  const stop = new AbortController();
  const running = crm.run(stop.signal);
  await waitFor('the mirror', async () => {
    const { mirror } = await crm.status(tenant.id);
    return mirror.length === mirrors.length && mirror.every(({ state }) => state === 'fresh');
  });
  return {
    apiKey,
    idFor: crm.reader(tenant.id).idFor,
    stage: (writes) => db.transaction().execute((transaction) => crm.stage(transaction, tenant.id, writes)),
    left: async () => {
      const { rows } = await database.pool.query<{ count: number }>('select count(*) from crm_outbox');
      return rows[0]?.count ?? 0;
    },
    isEmpty: async () => (await database.pool.query('select from crm_outbox limit 1')).rowCount === 0,
    operations: wire.operations,
    answered: wire.answered,
    // Only a connect tells the gateway of our application; before it the API key does everything.
    useApplication: async () => void (await crm.connect(tenant.id, AbortSignal.timeout(30_000))),
    close: async () => {
      stop.abort();
      await running;
      await door.close();
    },
  };
}

export async function createWorkspace(twenty: TwentyServer, name: string): Promise<string> {
  const admin = { email: `admin@${name}.example.com`, password: 'password-1', firstName: 'Ada', lastName: 'Example' };
  return (await twenty.createWorkspace({ name, subdomain: name, admin })).apiKey;
}

/** The way to Twenty, watched: what a write takes is told by its answer. */
function createWire() {
  const waiting = new Map<string, (times: { leftAt: number; answeredAt: number }) => void>();
  let operations = 0;
  const watched: typeof fetch = async (input, init) => {
    const leftAt = performance.now();
    const response = await fetch(input, init);
    const body = init?.body;
    if (typeof body !== 'string' || !body.startsWith('{"query":"mutation($data')) return response;
    operations += 1;
    const times = { leftAt, answeredAt: performance.now() };
    for (const [text, tell] of waiting) {
      if (!body.includes(text)) continue;
      waiting.delete(text);
      tell(times);
    }
    return response;
  };
  return {
    fetch: watched,
    operations: () => operations,
    answered: (text: string) =>
      new Promise<{ leftAt: number; answeredAt: number }>((resolve) => void waiting.set(text, resolve)),
  };
}

/** What the hub's web role is for Twenty. */
async function openDoor() {
  let receiver: Crm | undefined;
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const headers = request.headers as Record<string, string | undefined>;
      const path = request.url ?? '/';
      const raw = { method: 'POST' as const, path, query: new URLSearchParams(), headers, body };
      const reply = await receiver?.receiveWebhook(path.split('/').at(-1) ?? '', raw);
      response.writeHead(reply?.status ?? 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    opens: (crm: Crm) => {
      receiver = crm;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
