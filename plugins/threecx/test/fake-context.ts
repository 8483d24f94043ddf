import { createHash } from 'node:crypto';
import {
  type AuditNote,
  type Changes,
  type CrmMatch,
  type CrmReader,
  type CrmRecord,
  type DeliveryNote,
  type EventInput,
  type InboxDelivery,
  type JobInput,
  type KeyValueStore,
  type LiveChange,
  parsePhone,
  type RawRequest,
  type Reply,
  type Route,
  type StoreChange,
} from '@switchboard/core/contract';
import { memoryFileStore } from '@switchboard/testing';
import { config, type Config } from '../config.ts';
import { type Context, createServices } from '../services.ts';

export const KEY = 'demo-key-of-at-least-24-characters';
const CRM_URL = 'https://crm.example.com';

export type Rows = Readonly<Record<string, readonly CrmRecord[]>>;

export type FakeContext = Context & {
  /** What the CRM would hold: patches of one record merged. */
  readonly records: Map<string, Record<string, unknown>>;
  readonly events: Map<string, EventInput>;
  readonly notes: DeliveryNote[];
  readonly audit: AuditNote[];
  /** Jobs by dedupe key, with the moment from which they may run. */
  readonly jobs: Map<string, JobInput & { readonly dueAt: number }>;
  /** What is shown live, by key. */
  readonly live: Map<string, LiveChange>;
  /** Rows of the mirror; tests may add what Twenty would send. */
  readonly rows: Record<string, CrmRecord[]>;
  advance(ms: number): void;
};

/** A host in memory: the mirror answers from `rows`, commits are applied at once. */
export function fakeContext(
  rows: Rows = {},
  settings: Partial<Config> = {},
  services: Partial<Context['services']> = {},
): FakeContext {
  let now = Date.parse('2026-11-21T12:00:00Z');
  const clock = { now: () => now };
  const mirrored = Object.fromEntries(Object.entries(rows).map(([object, list]) => [object, [...list]]));
  const records = new Map<string, Record<string, unknown>>();
  const events = new Map<string, EventInput>();
  const notes: DeliveryNote[] = [];
  const audit: AuditNote[] = [];
  const jobs = new Map<string, JobInput & { dueAt: number }>();
  const live = new Map<string, LiveChange>();
  const crm = fakeReader(mirrored);
  const store = fakeStore(clock.now);

  const commit = async (changes: Changes): Promise<void> => {
    for (const write of changes.writes ?? []) {
      const id = 'key' in write ? crm.idFor(write.object, write.key) : write.id;
      records.set(id, { ...records.get(id), ...write.fields, id, object: write.object });
    }
    for (const event of changes.events ?? []) {
      event.type.payload.parse(event.payload);
      events.set(`${event.type.name}/${event.dedupeKey}`, event);
    }
    for (const change of changes.store ?? []) store.apply(change);
    for (const job of changes.jobs ?? []) {
      job.type.payload.parse(job.payload);
      if (!jobs.has(job.dedupeKey)) jobs.set(job.dedupeKey, { ...job, dueAt: now + (job.delayMs ?? 0) });
    }
    for (const change of changes.live ?? []) {
      if (change.data === undefined) live.delete(change.key);
      else live.set(change.key, { ...change, data: change.topic.data.parse(change.data) });
    }
    notes.push(...(changes.notes ?? []));
    audit.push(...(changes.audit ?? []));
  };

  const http = () => Promise.reject(new Error('this channel calls nobody'));
  const tokens = { use: () => Promise.reject(new Error('this channel needs no token')) };
  const absent = () =>
    Promise.reject(new Error('this plugin has neither tables nor a vault, and does not read the journal'));

  const base: Omit<Context, 'services'> = {
    tenant: {
      id: 'b7a5b0a4-94a5-4c0c-a7e5-0d2f4a0b8d11',
      slug: 'demo',
      name: 'Demo',
      country: 'NL',
      timeZone: 'Europe/Amsterdam',
      locale: 'en-GB',
      crmUrl: CRM_URL,
    },
    config: config.parse({ apiKey: KEY, ...settings }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock,
    crm,
    store,
    tables: { query: absent },
    journal: { list: absent, tally: absent, lastCheck: absent },
    vault: { get: absent, set: absent, delete: absent },
    files: memoryFileStore(),
    crmFiles: { open: () => Promise.reject(new Error('this plugin reads no files of the CRM')) },
    http,
    tokens,
    commit,
    capability: () => undefined,
    url: (path) => `https://hub.example.com/hooks/demo/threecx${path}`,
  };
  return {
    ...base,
    services: { ...createServices(base), ...services },
    records,
    events,
    notes,
    audit,
    jobs,
    live,
    rows: mirrored,
    advance: (ms) => {
      now += ms;
    },
  };
}

function fakeReader(rows: Record<string, CrmRecord[]>): CrmReader {
  const all = (): CrmMatch[] =>
    Object.entries(rows).flatMap(([object, list]) => list.map((record) => ({ object, record })));
  const byEmail = (email: string) =>
    all().filter(({ record }) => (record['emails'] as { primaryEmail: string } | undefined)?.primaryEmail === email);
  return {
    idFor: (object, key) => {
      const hex = createHash('sha1').update(`${object}:${key}`).digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    get: async (object, id) => rows[object]?.find((record) => record.id === id),
    getMany: async (object, ids) =>
      new Map((rows[object] ?? []).filter(({ id }) => ids.includes(id)).map((record) => [record.id, record])),
    findByPhone: async (e164) => all().filter(({ record }) => phoneOf(record) === e164),
    findByEmail: async (email) => byEmail(email),
    findByEmails: async (emails) => new Map(emails.map((email) => [email, byEmail(email)])),
    search: async (text, { objects = [], limit = 20 } = {}) =>
      all()
        .filter(({ object }) => objects.includes(object))
        .filter(({ record }) => JSON.stringify(record['name']).toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit),
    findBy: async (object, field, value, limit = 100) =>
      (rows[object] ?? []).filter((record) => record[field] === value).slice(0, limit),
    all: async (object, { after = '', limit = 100 } = {}) =>
      (rows[object] ?? [])
        .filter(({ id }) => id > after)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, limit),
    count: async (object) => rows[object]?.length ?? 0,
    findByKeyPart: async () => [],
    newest: async () => [],
    deleted: async () => undefined,
  };
}

function phoneOf(record: CrmRecord): string | undefined {
  const number = record['phones'] as { primaryPhoneNumber: string; primaryPhoneCallingCode: string } | undefined;
  return number && number.primaryPhoneCallingCode + number.primaryPhoneNumber;
}

function fakeStore(now: () => number): KeyValueStore & { apply(change: StoreChange): void } {
  const facts = new Map<string, { value: unknown; expiresAt: Date | undefined }>();
  const alive = (key: string) => {
    const fact = facts.get(key);
    return fact !== undefined && (fact.expiresAt === undefined || fact.expiresAt.getTime() > now()) ? fact : undefined;
  };
  const apply = ({ key, value, expiresAt }: StoreChange) => {
    if (value === undefined) facts.delete(key);
    else facts.set(key, { value: JSON.parse(JSON.stringify(value)), expiresAt });
  };
  return {
    get: async (key) => alive(key)?.value,
    range: async (from, to, limit = 100) =>
      [...facts.keys()]
        .filter((key) => key >= from && key < to && alive(key) !== undefined)
        .toSorted()
        .slice(0, limit)
        .map((key) => ({ key, value: alive(key)?.value })),
    set: async (key, value, options) => apply({ key, value, ...options }),
    delete: async (key) => apply({ key, value: undefined }),
    apply,
  };
}

/** A number as Twenty answers it. */
export function phones(e164: string) {
  const phone = parsePhone(e164, 'NL');
  if (phone === undefined) throw new Error(`${e164} is no number`);
  const callingCode = `+${/^\+(31|44|49|1)/.exec(phone.e164)?.[1]}`;
  return {
    primaryPhoneNumber: phone.e164.slice(callingCode.length),
    primaryPhoneCallingCode: callingCode,
    primaryPhoneCountryCode: phone.country ?? '',
    additionalPhones: [],
  };
}

export function request(
  path: string,
  init: { method?: string; body?: unknown; raw?: string; key?: string } = {},
): RawRequest {
  const url = new URL(path, 'https://hub.example.com');
  return {
    method: init.method ?? (init.body === undefined && init.raw === undefined ? 'GET' : 'POST'),
    path: url.pathname,
    query: url.searchParams,
    headers: { authorization: `Bearer ${init.key ?? KEY}` },
    body: Buffer.from(init.raw ?? (init.body === undefined ? '' : JSON.stringify(init.body))),
  };
}

export function delivery(body: unknown, id = '7b0a3c55-3a0f-4c53-9d0e-0a6d4f0f1e01'): InboxDelivery {
  const post = typeof body === 'string' ? request('/call', { raw: body }) : request('/call', { body });
  return { id, request: post, receivedAt: new Date('2026-11-21T12:00:00Z') };
}

/** Calls a route as the host does and gives the body of its reply. */
export async function call<Body>(route: Route<Context>, context: Context, asked: RawRequest): Promise<Body> {
  const reply: Reply = await route.handle(context, asked, new AbortController().signal);
  if ((reply.status ?? 200) !== 200) throw new Error(`answered ${reply.status}`);
  return reply.body as Body;
}
