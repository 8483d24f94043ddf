import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeAll } from './generate/artifacts.ts';
import { markInstalled } from './install-stamp.mjs';
import { createPlugin } from './new-plugin/create-plugin.ts';

/** `npm run new-plugin acme`: a plugin that passes its tests, registered and ready to be changed. */
const root = join(import.meta.dirname, '..');

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`"${program} ${args.join(' ')}" failed: see the lines above.`);
}

async function main(id: string | undefined): Promise<void> {
  const files = await createPlugin(root, id);
  for (const file of files) console.log(`  plugins/${id}/${file}`);
  // The new workspace gets its place in the lock file; nothing else changes in it.
  run('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error');
  markInstalled(root);
  await writeAll(root);
  run(join(root, 'node_modules/.bin/oxfmt'), `plugins/${id}`);
  console.log(`
plugins/${id} is there and registered. Next:
  1. npm test -- plugins/${id}            it passes as it is
  2. config.ts, schema.ts, client.ts      what your vendor needs and sends
  3. map.ts, jobs/, webhooks/             what becomes of it in the CRM
  4. npm run generate && npm run lint
docs/adding-a-plugin.md tells the rest.`);
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
