import { type Admin, createHub, createLog, loadConfig, loadRegistry, openHubDatabase } from '@switchboard/core';
import { pluginSources } from './plugins/index.ts';

const ROLES = ['all', 'web', 'worker'] as const;
type Role = (typeof ROLES)[number];

/** Runs one process of the hub until it is told to stop. */
async function run(role: Role): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.log);
  const registry = await loadRegistry(pluginSources);
  for (const { id, reason } of registry.broken)
    log.error({ plugin: id, reason }, 'A plugin could not be loaded; the rest work');
  const server = await openHubDatabase(config, log);
  const stopping = stopSignal();
  try {
    const hub = await createHub({ config, databaseUrl: server.url, registry, log });
    try {
      if (role !== 'web') await hub.startWorker();
      if (role !== 'worker') {
        log.info(await hub.startWeb(), 'Listening');
        await printSetupLink(hub.admin);
      }
      log.info({ role }, 'Ready');
      await stopping;
      log.info({ role }, 'Stopping');
    } finally {
      await hub.close();
    }
  } finally {
    await server.close();
  }
}

/** To the terminal and not to the log, which others read and keep. */
async function printSetupLink({ auth }: Admin): Promise<void> {
  const link = await auth.setup.firstLink();
  if (link !== undefined) console.log(`Set up this hub (the link works once, for 24 hours): ${link}`);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function parseRole(argument: string | undefined): Role {
  const role = ROLES.find((one) => one === (argument ?? 'all'));
  if (role !== undefined) return role;
  throw Object.assign(new Error(`There is no role "${argument}"`), { remedy: `Use one of: ${ROLES.join(', ')}.` });
}

try {
  await run(parseRole(process.argv[2]));
} catch (error) {
  const { message, remedy } = error as { message: string; remedy?: string };
  console.error(remedy === undefined ? message : `${message}. ${remedy}`);
  process.exitCode = 1;
}
