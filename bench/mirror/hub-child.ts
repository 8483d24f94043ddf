import { createHub, createLog, createRegistry, loadConfig } from '../../core/index.ts';
import { definePlugin } from '../../core/contract/index.ts';
import { plugin as threecx } from '../../plugins/threecx/plugin.ts';

/** The hub in a process of its own, with 3CX and with a plugin that reads cases. Told its environment over IPC. */

const cases = definePlugin({
  id: 'cases',
  contract: 1,
  name: 'Cases',
  summary: 'Reads the cases, as a service desk does.',
  config: threecx.config.pick({}),
  mirrors: [{ object: 'serviceCase', fields: ['name', 'subject', 'status', 'number'], search: ['name', 'subject'] }],
  check: () => Promise.resolve([]),
});

process.once('message', (env: Record<string, string>) => {
  void start(env).then(() => process.send?.('ready'));
});
process.once('disconnect', () => process.exit(0));

async function start(env: Record<string, string>): Promise<void> {
  const config = loadConfig(env);
  const log = createLog({ level: 'warn', format: 'pretty' });
  const hub = await createHub({
    config,
    databaseUrl: env['DATABASE_URL'] ?? '',
    registry: createRegistry([threecx, cases]),
    log,
  });
  await hub.startWorker();
  await hub.startWeb();
}
