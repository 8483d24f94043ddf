import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTwentyClient, installApp } from '@switchboard/sandbox/demo';
import { type Dovecot, freePort, startDovecot } from '@switchboard/testing';
import pg from 'pg';
import { createLog } from '../core/index.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { startTwentyProcess } from './chaos/twenty-process.ts';
import { generateMail } from './mail/generate-mail.ts';
import { percentilesOf } from './percentiles.ts';

const TENANT = 'bench';
const MAILS = 10_000;
const ARRIVALS = 100;
const PAUSE_MS = 150;
const USER = 'desk';
const admin = { email: 'admin@example.com', password: 'password-of-the-bench', firstName: 'Ada', lastName: 'A' };

/**
 * Reads a mailbox of 10,000 generated mails on a real IMAP server until all of them are filed; then lets new ones arrive and times how soon each is
 * filed. Hub, stand-in of Twenty, Dovecot and PostgreSQL are processes of their own.
 */
export async function run(): Promise<Record<string, number>> {
  const dovecot = await startDovecot();
  if (dovecot.port === undefined) throw new Error(`This needs a mail server: ${dovecot.reason}`);
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const postgres = await startPostgres({ dataDir, log: createLog({ level: 'error', format: 'pretty' }) });
  const twenty = await startTwentyProcess({ databaseUrl: postgres.url });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  let hub: ChildProcess | undefined;
  try {
    const receivedAt = new Date(Date.now() - 86_400_000);
    for (let index = 0; index < MAILS; index += 1) await dovecot.deliver(USER, generateMail(index), { receivedAt });
    const { apiKey } = await twenty.createWorkspace({ name: 'Bench', subdomain: TENANT, admin });
    await installApp(createTwentyClient(twenty.url, apiKey), new URL('../crm/', import.meta.url));
    const env = await hubEnv(postgres.url, dataDir);
    hub = await startHub(env);
    await prepare(env, dovecot, { url: twenty.url, apiKey });
    const messagesPerSecond = await timeImport(pool);
    const arrival = await timeArrivals(dovecot, pool);
    return {
      messagesPerSecond,
      peakMemoryMb: await peakMemory(hub),
      arrivalP50Ms: arrival.p50Ms,
      arrivalP95Ms: arrival.p95Ms,
    };
  } finally {
    hub?.kill('SIGKILL');
    await pool.end();
    await twenty.close();
    await postgres.close();
    await dovecot.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Env = Readonly<Record<string, string>>;

async function hubEnv(databaseUrl: string, dataDir: string): Promise<Env> {
  const port = String(await freePort());
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(dataDir, 'hub'),
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
}

async function startHub(env: Env): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'mail/hub-child.ts'), { stdio: 'inherit' });
  child.send(env);
  await once(child, 'message');
  return child;
}

async function prepare(env: Env, dovecot: Dovecot, crm: { readonly url: string; readonly apiKey: string }) {
  const api = async (method: string, path: string, body: object) => {
    const response = await fetch(`${env['PUBLIC_URL']}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${env['OPERATOR_TOKEN']}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  await api('POST', '/tenants', { slug: TENANT, name: 'Bench', country: 'NL' });
  await api('POST', `/tenants/${TENANT}/plugins/mail/enable`, { config: { internalHosts: dovecot.host } });
  await api('PUT', `/tenants/${TENANT}/crm`, crm);
  const server = { host: dovecot.host, security: 'tls', user: USER };
  const settings = {
    imap: { ...server, port: dovecot.port },
    smtp: { ...server, port: 465 },
    ca: dovecot.ca,
    horizonDays: null,
  };
  const mailbox = { name: 'Desk', address: `${USER}@example.com`, password: 'password', settings };
  await api('POST', `/tenants/${TENANT}/plugins/mail/doors/mailboxes`, mailbox);
}

/** From the moment at which the folder is opened. @returns messages a second, fetched, understood, stored and filed */
async function timeImport(pool: pg.Pool): Promise<number> {
  while ((await count(pool, 'mail_folder')) === 0) await delay(20);
  const startedAt = performance.now();
  let logged = 0;
  for (let filed = 0; filed < MAILS; filed = await count(pool, 'mail_filing')) {
    await delay(50);
    if (filed - logged < MAILS / 5) continue;
    logged = filed;
    const stored = await count(pool, 'mail_message');
    console.log(`${stored} stored, ${filed} filed after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  return Math.round((MAILS * 1000) / (performance.now() - startedAt));
}

async function count(pool: pg.Pool, table: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]?.count ?? 0;
}

/** From the moment at which the server has the mail until it is filed to its case. */
async function timeArrivals(dovecot: Dovecot, pool: pg.Pool) {
  const waiting = new Map<string, number>();
  const times: number[] = [];
  const look = async () => {
    const { rows } = await pool.query<{ message_id: string }>(
      `select message.message_id from mail_filing filing join mail_message message on message.id = filing.message_id
        where message.message_id = any($1) and filing.case_id is not null`,
      [[...waiting.keys()]],
    );
    for (const { message_id: id } of rows) {
      times.push(performance.now() - (waiting.get(id) ?? 0));
      waiting.delete(id);
    }
  };
  for (let index = 0; index < ARRIVALS; index += 1) {
    const id = `arrival-${index}@example.org`;
    const from = `From: Customer ${index} <customer-${index}@${index}.example.org>`;
    const mail = `${from}\r\nTo: desk@example.com\r\nSubject: Question ${index}\r\nMessage-ID: <${id}>\r\n\r\nPlease help.\r\n`;
    await dovecot.deliver(USER, mail);
    waiting.set(id, performance.now());
    const until = performance.now() + PAUSE_MS;
    while (performance.now() < until) await look().then(async () => await delay(10));
  }
  const deadline = performance.now() + 60_000;
  while (waiting.size > 0 && performance.now() < deadline) await look().then(async () => await delay(10));
  if (waiting.size > 0) throw new Error(`${waiting.size} of ${ARRIVALS} mails had no case within a minute`);
  return percentilesOf(times);
}

/** The most that the process has ever had in memory, threads included. */
async function peakMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024);
}
