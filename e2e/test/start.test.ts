import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openLive } from '@switchboard/core/live-client';
import { freePort, waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import type { SandboxState } from '../../sandbox/state.ts';

/** What a newcomer does with `npm start`, on ports and data of the test's own. */

type Run = { readonly child: ChildProcess; readonly output: () => string };

const root = join(import.meta.dirname, '../..');
const running: Run[] = [];
let env: Record<string, string>;

beforeAll(async () => {
  env = {
    PATH: process.env['PATH'] ?? '',
    HOME: tmpdir(),
    DATA_DIR: await mkdtemp(join(tmpdir(), 'switchboard-start-')),
    PORT: String(await freePort()),
    SANDBOX_TWENTY_PORT: String(await freePort()),
    SANDBOX_THREECX_PORT: String(await freePort()),
  };
});
afterEach(async () => {
  for (const { child } of running.splice(0)) await end(child, 'SIGTERM');
}, 60_000);
afterAll(async () => {
  await rm(env['DATA_DIR']!, { recursive: true, force: true });
});

function run(program: string, extra: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Run {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    env: { ...env, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const started = { child, output: () => output };
  running.push(started);
  return started;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

async function start(): Promise<Run> {
  const started = run('tools/start.ts');
  await waitFor(
    'the greeting',
    () => {
      if (started.child.exitCode !== null) throw new Error(`npm start ended:\n${started.output()}`);
      return started.output().includes('Switchboard is ready at');
    },
    120_000,
  );
  return started;
}

/** The calls that 3CX has reported. */
async function deliveries(): Promise<unknown[]> {
  const token = (await readFile(join(env['DATA_DIR']!, 'operator.token'), 'utf8')).trim();
  const answer = await fetch(`http://localhost:${env['PORT']}/api/v1/tenants/demo/deliveries`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { deliveries: all } = (await answer.json()) as { deliveries: { kind: string }[] };
  return all.filter(({ kind }) => kind === 'call');
}

type Card = { readonly phoneNumber: string; readonly state: string };

/** What the browser of the agent with extension 101 is shown. @returns every state of every call */
async function followCalls(): Promise<{ states: string[]; close: () => Promise<void> }> {
  const { twenty } = JSON.parse(await readFile(join(env['DATA_DIR']!, 'sandbox.json'), 'utf8')) as SandboxState;
  const login = { url: twenty.url, email: 'anna.demo@example.com', password: twenty.password };
  const token = await frontComponentToken(login);
  const states: string[] = [];
  const { close } = openLive<{ calls: Card }>({
    url: `http://localhost:${env['PORT']}/live/v1`,
    topics: ['calls'],
    headers: () => ({ authorization: `Bearer ${token}` }),
    onChange: (changes) => {
      for (const data of changes.map((change) => change.data as Card | undefined))
        states.push(data === undefined ? 'gone' : `${data.phoneNumber} ${data.state}`);
    },
  });
  return { states, close };
}

/** The sandbox is the only child of `npm start` that is a Node program. */
async function sandboxOf({ child }: Run): Promise<number> {
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  const pids = children.trim().split(' ').map(Number);
  const commands = await Promise.all(pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, 'utf8')));
  return pids[commands.findIndex((command) => command.includes('sandbox/main.ts'))]!;
}

test('npm start is ready to ring, keeps its data, and looks after its sandbox', async () => {
  const first = await start();

  const second = run('tools/start.ts', { DATA_DIR: join(env['DATA_DIR']!, 'other') });
  expect(await ended(second.child)).toBe(1);
  expect(second.output()).toContain(`Port ${env['PORT']} is taken`);

  const { states, close } = await followCalls();
  const call = run('sandbox/demo-call.ts', {}, ['--from', '+31201234567']);
  expect([await ended(call.child), call.output()]).toEqual([0, expect.stringContaining('INBOUND, ANSWERED')]);
  await close();
  // 3CX tells of the ringing again once it knows who calls.
  expect([...new Set(states)]).toEqual(['+31201234567 ringing', '+31201234567 talking', 'gone']);
  expect(await deliveries()).toHaveLength(1);

  process.kill(await sandboxOf(first), 'SIGKILL');
  await waitFor('the sandbox to be told of', () => first.output().includes('The sandbox ended (SIGKILL)'));
  await waitFor(
    'the sandbox to answer again',
    async () =>
      await fetch(`http://localhost:${env['SANDBOX_TWENTY_PORT']}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );

  expect(await end(first.child, 'SIGINT')).toBe(0);
  expect(first.output()).toContain('Stopping; the data stays.');

  await start();
  expect(await deliveries()).toHaveLength(1);
}, 300_000);
