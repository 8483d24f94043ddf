/** What the test harness needs of the core beyond the contract. Nothing in the product imports this. */
export { createHttpClient } from './host/http-client.ts';
export { openDatabase } from './store/database.ts';
export type { Database } from './store/database.ts';
export { migrate } from './store/migrate.ts';
export { migrationFolders, migrationFoldersOf } from './store/migration-folders.ts';
export { findFreePort } from './store/postgres/port.ts';
