import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Dovecot, startDovecot } from '@switchboard/testing';
import type pg from 'pg';
import { generateMail } from './mail/generate-mail.ts';
import { percentilesOf } from './percentiles.ts';
import { type BenchHub, openStage, type Stage, TENANT } from './stage.ts';

const MAILS = 10_000;
const ARRIVALS = 100;
const PAUSE_MS = 150;
const USER = 'desk';

/**
 * Reads a mailbox of 10,000 generated mails on a real IMAP server until all of them are filed; then lets new ones arrive and times how soon each is
 * filed. Hub, stand-in of Twenty, Dovecot and PostgreSQL are processes of their own.
 */
export async function run(): Promise<Record<string, number>> {
  const stage = await openStage();
  try {
    const dovecot = await startDovecot();
    if (dovecot.port === undefined) throw new Error(`This needs a mail server: ${dovecot.reason}`);
    stage.keep(dovecot);
    const receivedAt = new Date(Date.now() - 86_400_000);
    for (let index = 0; index < MAILS; index += 1) await dovecot.deliver(USER, generateMail(index), { receivedAt });
    const hub = await stage.startHub('mail/hub-child.ts');
    await prepare(hub, stage, dovecot);
    const messagesPerSecond = await timeImport(stage.pool);
    const arrival = await timeArrivals(dovecot, stage.pool);
    return {
      messagesPerSecond,
      peakMemoryMb: await peakMemory(hub),
      arrivalP50Ms: arrival.p50Ms,
      arrivalP95Ms: arrival.p95Ms,
    };
  } finally {
    await stage.close();
  }
}

async function prepare({ api }: BenchHub, { crm }: Stage, dovecot: Dovecot): Promise<void> {
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
    // Counting takes of the same two cores.
    await delay(100);
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
async function peakMemory({ pid }: BenchHub): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024);
}
