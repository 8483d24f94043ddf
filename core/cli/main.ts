import { pluginSources } from '../../plugins/index.ts';
import { type Admin, createHub, createLog, loadConfig, loadRegistry, openHubDatabase } from '../index.ts';
import { buildProgram } from './program.ts';
import { reportFailure } from './report.ts';

/** `npm run hub -- …`: the operator's commands. They work on the hub's database directly; a running hub hears of every change. */
async function withAdmin(work: (admin: Admin) => Promise<void>): Promise<void> {
  const config = loadConfig();
  const log = createLog({ level: 'error', format: config.log.format });
  const server = await openHubDatabase(config, log);
  try {
    const hub = await createHub({ config, databaseUrl: server.url, registry: await loadRegistry(pluginSources), log });
    try {
      await work(hub.admin);
    } finally {
      await hub.close();
    }
  } finally {
    await server.close();
  }
}

try {
  await buildProgram(
    withAdmin,
    pluginSources.map(({ id }) => id),
  ).parseAsync();
} catch (error) {
  reportFailure(error);
}
