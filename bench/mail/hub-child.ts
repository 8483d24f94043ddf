import { createHub, createLog, createRegistry, loadConfig } from '../../core/index.ts';
import { plugin } from '../../plugins/mail/plugin.ts';

/** The hub in a process of its own, with the mail plugin. Told its environment over IPC. */
process.once('message', (env: Record<string, string>) => {
  void start(env).then(() => process.send?.('ready'));
});
process.once('disconnect', () => process.exit(0));

async function start(env: Record<string, string>): Promise<void> {
  const hub = await createHub({
    config: loadConfig(env),
    databaseUrl: env['DATABASE_URL'] ?? '',
    registry: createRegistry([plugin]),
    log: createLog({ level: 'warn', format: 'pretty' }),
  });
  await hub.startWorker();
  await hub.startWeb();
}
