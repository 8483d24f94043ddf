import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { queueMigrations } from '@switchboard/queue';
import type { AnyPlugin } from '../contract/index.ts';
import type { MigrationFolder } from './migrate.ts';

/** The hub's whole schema, in the order in which the parts build on each other. */
export const migrationFolders: readonly MigrationFolder[] = [
  { area: 'queue', folder: fileURLToPath(queueMigrations) },
  { area: 'core', folder: join(import.meta.dirname, 'migrations') },
];

/** The hub's schema with the tables of these plugins. */
export function migrationFoldersOf(plugins: readonly AnyPlugin[]): MigrationFolder[] {
  const own = plugins.flatMap(({ id, migrations }) =>
    migrations === undefined ? [] : [{ area: `plugin-${id}`, folder: fileURLToPath(migrations) }],
  );
  return [...migrationFolders, ...own];
}
