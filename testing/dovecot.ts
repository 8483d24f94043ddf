import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '@switchboard/core/testing';
import { dovecotConfiguration, oauthConfiguration } from './dovecot-configuration.ts';

/** A real IMAP server of the test's own. Every user's password is `password`; users exist as soon as somebody names them. */
export type Dovecot = {
  readonly host: 'localhost';
  /** TLS from the first byte. */
  readonly port: number;
  /** For STARTTLS. */
  readonly plainPort: number;
  /** The certificate authority to trust, PEM. */
  readonly ca: string;
  /** For `localhost`, of that authority: what another server of the test can show, PEM. */
  readonly certificate: { readonly key: string; readonly cert: string };
  /** Puts a message into a folder as a mail server would. */
  deliver(
    user: string,
    raw: string | Buffer,
    options?: { readonly folder?: string; readonly receivedAt?: Date },
  ): Promise<void>;
  /** What a person does in another mail program. */
  change(user: string, ...actions: readonly MailAction[]): void;
  /** What the folder's numbers mean is forgotten, as after a restore from a backup. */
  changeUidValidity(user: string, folder?: string): Promise<void>;
  /** Ends the server as a power failure would. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and mail. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/** `seen` is about all mail in the inbox, a number is the uid of one there. */
export type MailAction = 'seen' | `move ${number} ${string}` | `delete ${number}` | `create ${string}`;

export type NoDovecot = { readonly port: undefined; readonly reason: string };

export type DovecotOptions = {
  /** What fits into each mailbox; more is refused as OVERQUOTA. */
  readonly quotaKb?: number;
  /** Also lets in with access tokens (XOAUTH2), which are looked up there (RFC 7662). */
  readonly introspectionUrl?: string;
};

const PROGRAM = 'dovecot';

/** A Dovecot, or the reason why there is none: then skip with that reason in the test's name. */
export async function startDovecot({ quotaKb, introspectionUrl }: DovecotOptions = {}): Promise<Dovecot | NoDovecot> {
  const version = spawnSync(PROGRAM, ['--version']).stdout?.toString() ?? '';
  if (version === '') return { port: undefined, reason: 'the program dovecot is not installed' };
  if (!version.startsWith('2.3.')) return { port: undefined, reason: `dovecot is ${version.trim()}, not 2.3` };
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-dovecot-'));
  const runAs = whom();
  const ports = { port: await findFreePort(), plainPort: await findFreePort() };
  await makeCertificates(folder);
  const setting = { folder, ...ports, ...runAs, quotaKb, introspectionUrl };
  await writeFile(join(folder, 'dovecot.conf'), dovecotConfiguration(setting));
  if (introspectionUrl !== undefined)
    await writeFile(join(folder, 'oauth2.conf'), oauthConfiguration(introspectionUrl));
  await giveAway(folder, runAs);
  const place = { folder, runAs, port: ports.port };
  let server = await launch(place);
  const kill = async () => await end(server, 'SIGKILL');
  return {
    host: 'localhost',
    ...ports,
    ca: await readFile(join(folder, 'ca.pem'), 'utf8'),
    certificate: {
      key: await readFile(join(folder, 'server.key'), 'utf8'),
      cert: await readFile(join(folder, 'server.pem'), 'utf8'),
    },
    deliver: async (user, raw, options) => await deliver(place, { user, raw, ...options }),
    change: (user, ...actions) => {
      for (const action of actions) change(folder, user, action);
    },
    changeUidValidity: async (user, inFolder) => {
      await kill();
      const maildir = maildirOf(folder, user, inFolder);
      const list = join(maildir, 'dovecot-uidlist');
      const text = await readFile(list, 'latin1');
      await writeFile(
        list,
        text.replace(/ V(\d+) /, (_found, old: string) => ` V${Number(old) + 1} `),
        'latin1',
      );
      const indexes = (await readdir(maildir)).filter((name) => name.startsWith('dovecot.index'));
      for (const name of indexes) await rm(join(maildir, name));
      server = await launch(place);
    },
    kill,
    start: async () => {
      server = await launch(place);
    },
    close: async () => {
      await end(server, 'SIGTERM');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type RunAs = { readonly user: string; readonly group: string; readonly uid: number; readonly gid: number };
type Place = { readonly folder: string; readonly runAs: RunAs; readonly port: number };

/** Dovecot hands out no mail as root. */
function whom(): RunAs {
  const { uid, gid, username } = userInfo();
  if (uid === 0) return { user: 'nobody', group: 'nogroup', uid: 65_534, gid: 65_534 };
  return { user: username, group: spawnSync('id', ['-gn']).stdout.toString().trim(), uid, gid };
}

async function giveAway(folder: string, { uid, gid }: RunAs): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await chown(folder, uid, gid);
  for (const name of await readdir(folder, { recursive: true })) await chown(join(folder, name), uid, gid);
}

async function makeCertificates(folder: string): Promise<void> {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '30'];
  const file = (name: string) => join(folder, name);
  openssl(['req', '-x509', ...key, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Test authority']);
  openssl([
    'req',
    ...key.slice(0, 3),
    '-keyout',
    file('server.key'),
    '-out',
    file('server.csr'),
    '-subj',
    '/CN=localhost',
  ]);
  await writeFile(file('names'), 'subjectAltName=DNS:localhost\n');
  const signing = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('names')];
  openssl(['x509', '-req', '-days', '30', '-in', file('server.csr'), '-out', file('server.pem'), ...signing]);
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args);
  if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr.toString()}`);
}

async function launch({ folder, runAs, port }: Place): Promise<ChildProcess> {
  // What a killed server left behind would keep the next one from starting.
  await rm(join(folder, 'run'), { recursive: true, force: true });
  const ids = process.getuid?.() === 0 ? { uid: runAs.uid, gid: runAs.gid } : {};
  const server = spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
    detached: true,
    ...ids,
  });
  const deadline = Date.now() + 20_000;
  while (!(await accepts(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
      throw new Error(`dovecot does not start: ${log.slice(-2000)}`);
    }
    await delay(20);
  }
  return server;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** With everything that it has started. */
async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.pid === undefined) return;
  const ended = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : undefined;
  signalGroup(server.pid, signal);
  await ended;
  signalGroup(server.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}

function maildirOf(folder: string, user: string, inFolder = 'INBOX'): string {
  const maildir = join(folder, 'mail', user);
  return inFolder === 'INBOX' ? maildir : join(maildir, `.${inFolder.replaceAll('/', '.')}`);
}

type Delivery = {
  readonly user: string;
  readonly raw: string | Buffer;
  readonly folder?: string;
  readonly receivedAt?: Date;
};

async function deliver({ folder, runAs }: Place, { user, raw, folder: inFolder, receivedAt }: Delivery): Promise<void> {
  const maildir = maildirOf(folder, user, inFolder);
  const isNew = (await mkdir(join(maildir, 'new'), { recursive: true })) !== undefined;
  for (const name of ['cur', 'tmp']) await mkdir(join(maildir, name), { recursive: true });
  if (isNew) await giveAway(join(folder, 'mail', user), runAs);
  // By its name Dovecot tells what came first within one second.
  const microseconds = String(Math.floor(performance.now() * 1000)).padStart(12, '0');
  const name = `${Math.floor(Date.now() / 1000)}.M${microseconds}P1.test`;
  const written = join(maildir, 'tmp', name);
  await writeFile(written, raw);
  if (receivedAt !== undefined) await utimes(written, receivedAt, receivedAt);
  if (process.getuid?.() === 0) await chown(written, runAs.uid, runAs.gid);
  await rename(written, join(maildir, 'new', name));
}

/** By `doveadm`, which goes to the mail itself. */
function change(folder: string, user: string, action: MailAction): void {
  const [verb, uid = '', ...words] = action.split(' ');
  const message = ['mailbox', 'INBOX', 'uid', uid];
  const named = action.slice(action.indexOf(' ') + 1);
  const run = (command: string, ...args: readonly string[]) => {
    const { status, stderr } = spawnSync('doveadm', [
      '-c',
      join(folder, 'dovecot.conf'),
      ...command.split(' '),
      '-u',
      user,
      ...args,
    ]);
    if (status !== 0) throw new Error(`doveadm ${command} failed: ${stderr.toString()}`);
  };
  if (verb === 'seen') run('flags add', '\\Seen', 'mailbox', 'INBOX', 'all');
  else if (verb === 'create') run('mailbox create', named);
  else if (verb === 'move') run('move', words.join(' '), ...message);
  else run('expunge', ...message);
}
