import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '@switchboard/core/testing';

export type TestRedis = {
  readonly url: string;
  /** Ends the server as a power failure would. What was acknowledged is on disk. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  close(): Promise<void>;
};

export type NoRedis = { readonly url: undefined; readonly reason: string };

/** A real Redis of the test's own, or the reason why there is none: then skip with that reason in the test's name. */
export async function testRedis(): Promise<TestRedis | NoRedis> {
  if (!(await isInstalled())) return { url: undefined, reason: 'the program redis-server is not installed' };
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-redis-'));
  let server = await launch(port, folder);
  const kill = async (): Promise<void> => {
    const ended = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : undefined;
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start: async () => {
      server = await launch(port, folder);
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isInstalled(): Promise<boolean> {
  const child = spawn('redis-server', ['--version'], { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('redis-server', flags, { stdio: 'ignore' });
  const deadline = Date.now() + 20_000;
  while (!(await accepts(port))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('redis-server does not start');
    await delay(20);
  }
  return server;
}

/** True once it has loaded its data and answers a PING. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
