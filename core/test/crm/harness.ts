import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTwenty } from '@switchboard/sandbox/twenty';
import type { RateLimits, Twenty } from '@switchboard/sandbox/twenty';
import { hubDatabase, testDatabase, waitFor } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import type { CrmWrite, EventInput, Logger, MirroredObject, RawRequest } from '../../contract/index.ts';
import { createCrm } from '../../crm/index.ts';
import type { Crm } from '../../crm/index.ts';
import type { MirrorTiming } from '../../crm/session/keep-object.ts';
import type { Fetch } from '../../crm/twenty/client.ts';
import { createLeases } from '../../leases/leases.ts';
import { createKeyring, createSecrets } from '../../secrets/index.ts';
import { createCrmConnections, createTenants } from '../../tenants/index.ts';
import { installApp } from './install-app.ts';
import type { AppRole } from './install-app.ts';

type Row = Record<string, unknown>;

const readPeople: MirroredObject = {
  object: 'person',
  fields: ['name', 'emails', 'phones', 'companyId', 'jobTitle', 'linkedinLink'],
  phones: ['phones'],
  emails: ['emails'],
  search: ['name'],
};
const readCompanies: MirroredObject = {
  object: 'company',
  fields: ['name', 'domainName'],
  search: ['name'],
};

/** A Twenty and the hub's database, shared by the tests of a file. */
export async function startWorld(limits: RateLimits | 'off' = 'off') {
  const hub = await hubDatabase();
  const other = await testDatabase();
  const schema = `twenty_${randomBytes(4).toString('hex')}`;
  let twenty = await startTwenty({ databaseUrl: other.url, schema, limits });
  const { port } = twenty;
  const door = await openDoor();
  return {
    hub,
    door,
    hubKey: randomBytes(32),
    url: twenty.url,
    faults: () => twenty.faults,
    createWorkspace: (input: Parameters<Twenty['createWorkspace']>[0]) => twenty.createWorkspace(input),
    stopTwenty: () => twenty.close(),
    startTwenty: async () => {
      twenty = await startTwenty({ databaseUrl: other.url, schema, port, limits });
    },
    close: async () => {
      await door.close();
      await twenty.close();
      await hub.close();
      await other.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** What the hub's web role is for Twenty: the door for its webhooks. */
async function openDoor() {
  const receivers = new Map<string, Crm>();
  const seen: { tenant: string; request: RawRequest; status: number }[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const tenant = (request.url ?? '').split('/').at(-1) ?? '';
      const raw = toRaw(request, body);
      const reply = await receivers.get(tenant)?.receiveWebhook(tenant, raw);
      seen.push({ tenant, request: raw, status: reply?.status ?? 404 });
      response.writeHead(reply?.status ?? 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    receivers,
    seen,
    close: () => closeServer(server),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function toRaw(request: IncomingMessage, body: Buffer): RawRequest {
  const headers = request.headers as Record<string, string | undefined>;
  return { method: 'POST', path: request.url ?? '/', query: new URLSearchParams(), headers, body };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

type Options = {
  readonly mirrors?: readonly MirroredObject[];
  readonly timing?: Partial<MirrorTiming>;
};

/** A tenant connected to a workspace of its own. */
export async function connectTenant(world: World, { mirrors = [readPeople, readCompanies], timing }: Options = {}) {
  const { db } = world.hub;
  const log = quietLog();
  const audit = createAuditLog(db);
  const secrets = createSecrets(db, createKeyring([world.hubKey]));
  const tenants = createTenants({ db, audit });
  const connections = createCrmConnections({ db, secrets, audit });
  const slug = `t-${randomBytes(4).toString('hex')}`;
  const locale = { country: 'GB', timeZone: 'Europe/London', locale: 'en-GB' };
  const tenant = await tenants.create({ slug, name: slug, ...locale }, 'test');
  const workspace = await world.createWorkspace({
    name: slug,
    subdomain: slug,
    admin: {
      email: `admin@${slug}.example.com`,
      password: 'correct horse battery',
      firstName: 'Ada',
      lastName: 'Example',
    },
  });
  await connections.connect(slug, { url: world.url, apiKey: workspace.apiKey }, 'test');

  const events: { name: string; payload: unknown; dedupeKey: string }[] = [];
  const requests: string[] = [];
  const wire: { answer: Fetch } = { answer: globalThis.fetch };
  const fetch: Fetch = async (input, init) => {
    if (typeof init?.body === 'string') requests.push((JSON.parse(init.body) as { query: string }).query);
    return wire.answer(input, init);
  };
  const build = (): Crm =>
    createCrm({
      database: world.hub,
      secrets,
      tenants,
      connections,
      leases: createLeases({ db, log, ttlMs: 1000 }),
      log,
      clock: { now: () => Date.now() },
      publicUrl: world.door.url,
      registry: { plugins: [{ id: 'test', mirrors }] },
      settings: { active: async () => new Set(['test']) },
      announce: async (_transaction, _tenantId, announced: readonly EventInput[]) => {
        events.push(...announced.map(({ type, payload, dedupeKey }) => ({ name: type.name, payload, dedupeKey })));
      },
      fetch,
      timing: { pollMs: 3_600_000, sweepMs: 3_600_000, ...timing },
    });
  const crm = build();
  world.door.receivers.set(tenant.id, crm);
  const checkLines = await crm.connect(tenant.id, AbortSignal.timeout(20_000));
  return {
    ...tenant,
    crm,
    build,
    checkLines,
    events,
    requests,
    /** Replace `answer` to come between the gateway and Twenty. */
    wire,
    workspace,
    secrets,
    useKey: (apiKey: string) => connections.connect(slug, { url: world.url, apiKey }, 'test'),
    useUrl: (url: string) => connections.connect(slug, { url, apiKey: workspace.apiKey }, 'test'),
    /** Installs our application, with which the session then works. */
    installApp: async (role?: AppRole | null) => {
      await installApp(workspace.apiKey, world.url, role);
      await crm.connect(tenant.id, AbortSignal.timeout(20_000));
    },
    /** Ends the tenant's session in every worker of the file. */
    retire: () => tenants.suspend(slug, 'test'),
    /** The upserts sent so far, by root field. */
    mutations: () => requests.filter((query) => query.startsWith('mutation($data')),
    stage: (writes: readonly CrmWrite[]) =>
      db.transaction().execute((transaction) => crm.stage(transaction, tenant.id, writes)),
    drained: () => waitFor('an empty outbox', async () => (await crm.status(tenant.id)).outbox.pending === 0),
    settledMirror: () =>
      waitFor('a copied mirror', async () => {
        const { mirror } = await crm.status(tenant.id);
        return mirror.length >= mirrors.length && mirror.every(({ state }) => state === 'fresh');
      }),
    api: createApi(world.url, workspace.apiKey),
  };
}

/** What a request says. */
export const bodyOf = (init: RequestInit | undefined): string => (typeof init?.body === 'string' ? init.body : '');

export type TestTenant = Awaited<ReturnType<typeof connectTenant>>;

/** Runs a worker until the returned function is called. */
export function runWorker(crm: Crm): () => Promise<void> {
  const stop = new AbortController();
  const running = crm.run(stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

/** What a person does in Twenty: straight to its API. */
function createApi(url: string, apiKey: string) {
  const graphql = async (query: string, variables: Row = {}): Promise<Row> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: Row; errors?: { message: string }[] };
    if (body.errors?.[0] !== undefined) throw new Error(body.errors[0].message);
    return body.data ?? {};
  };
  return {
    graphql,
    people: async (filter: Row = {}): Promise<Row[]> => {
      const query =
        'query($f:PersonFilterInput){people(filter:$f,first:10000){edges{node{id jobTitle companyId deletedAt updatedAt ' +
        'name{firstName lastName} emails{primaryEmail additionalEmails} ' +
        'phones{primaryPhoneNumber primaryPhoneCallingCode additionalPhones}}}}}';
      return nodes(await graphql(query, { f: filter }), 'people');
    },
    companies: async (): Promise<Row[]> =>
      nodes(
        await graphql('{companies(first:10000){edges{node{id name domainName{primaryLinkUrl primaryLinkLabel}}}}}'),
        'companies',
      ),
    createPerson: async (data: Row): Promise<string> => {
      const answer = await graphql('mutation($d:PersonCreateInput!){createPerson(data:$d){id}}', { d: data });
      return (answer['createPerson'] as { id: string }).id;
    },
    updatePerson: (id: string, data: Row) =>
      graphql('mutation($id:UUID!,$d:PersonUpdateInput!){updatePerson(id:$id,data:$d){id}}', { id, d: data }),
    deletePerson: (id: string) => graphql('mutation($id:UUID!){deletePerson(id:$id){id}}', { id }),
    restorePerson: (id: string) => graphql('mutation($id:UUID!){restorePerson(id:$id){id}}', { id }),
    destroyPerson: (id: string) => graphql('mutation($id:UUID!){destroyPerson(id:$id){id}}', { id }),
  };
}

function nodes(data: Row, field: string): Row[] {
  return (data[field] as { edges: { node: Row }[] }).edges.map(({ node }) => node);
}

function quietLog(): Logger {
  const nothing = (): void => {};
  return { debug: nothing, info: nothing, warn: nothing, error: nothing };
}

export const person = (index: number, fields: Row = {}): CrmWrite => ({
  object: 'person',
  key: `p${index}`,
  fields: { name: { firstName: 'Pat', lastName: `Example ${index}` }, ...fields },
});

export const uuid = (): string => randomUUID();
