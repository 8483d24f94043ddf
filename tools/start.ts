import {
  type Admin,
  type Config,
  createHub,
  createLog,
  loadConfig,
  loadRegistry,
  openHubDatabase,
} from '@switchboard/core';
import { buildConsole } from '@switchboard/console/build';
import { pluginSources } from '../plugins/index.ts';
import { isProvisioned, provisionDemo } from './provision-demo.ts';
import { type Sandbox, startSandbox } from './sandbox-process.ts';
import { greeting } from './greeting.ts';

/** `npm start`: the hub with its sandbox, ready to try; with SANDBOX=off the hub alone. */
async function run(): Promise<void> {
  const stopping = stopSignal();
  const config = loadConfig();
  const log = createLog(config.log);
  await buildConsole();
  const closers: (() => Promise<void>)[] = [];
  try {
    const server = await openHubDatabase(config, log);
    closers.push(server.close);
    const hub = await createHub({ config, databaseUrl: server.url, registry: await loadRegistry(pluginSources), log });
    closers.push(hub.close);
    // The hub's port comes first: that one tells a second start that a first one runs.
    const { port } = await hub.startWeb();
    const sandbox = config.sandbox.enabled ? await openSandbox(config, server.url, hub.admin) : undefined;
    if (sandbox !== undefined) closers.splice(1, 0, sandbox.close);
    await hub.startWorker();
    if (sandbox !== undefined) await provisionDemo(hub.admin, sandbox.state, config);
    const setupLink = await hub.admin.auth.setup.firstLink();
    console.log(greeting({ url: `http://localhost:${port}`, config, sandbox: sandbox?.state, setupLink }));
    await stopping;
    console.log('Stopping; the data stays.');
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function openSandbox({ dataDir, sandbox }: Config, serverUrl: string, admin: Admin): Promise<Sandbox> {
  const { twentyPort, threecxPort } = sandbox;
  return await startSandbox({ serverUrl, dataDir, twentyPort, threecxPort, isInUse: await isProvisioned(admin) });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

try {
  await run();
} catch (error) {
  const { message, remedy } = error as { message: string; remedy?: string };
  console.error(remedy === undefined ? message : `${message}. ${remedy}`);
  process.exitCode = 1;
}
