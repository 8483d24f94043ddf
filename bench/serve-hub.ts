import type { AnyPlugin } from '../core/contract/index.ts';
import { createHub, createLog, createRegistry, loadConfig } from '../core/index.ts';

/** The hub in a process of its own, with these plugins. Told its environment over IPC; answers when it is ready. */
export function serveHub(plugins: readonly AnyPlugin[]): void {
  process.once('message', (env: Record<string, string>) => {
    void start(env, plugins).then(() => process.send?.('ready'));
  });
  process.once('disconnect', () => process.exit(0));
}

async function start(env: Record<string, string>, plugins: readonly AnyPlugin[]): Promise<void> {
  const hub = await createHub({
    config: loadConfig(env),
    databaseUrl: env['DATABASE_URL'] ?? '',
    registry: createRegistry([...plugins]),
    log: createLog({ level: 'warn', format: 'pretty' }),
  });
  await hub.startWorker();
  await hub.startWeb();
}
