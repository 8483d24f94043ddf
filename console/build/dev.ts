import { join } from 'node:path';

/** `npm run console:dev`: the pages with every change at once, in front of a hub that runs on its usual port. */
const { createServer } = await import('vite');
const server = await createServer({ configFile: join(import.meta.dirname, '../vite.config.ts') });
await server.listen();
server.printUrls();
