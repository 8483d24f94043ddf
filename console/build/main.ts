import { buildConsole } from './build-console.ts';

/** `npm run console:build` */
const isNew = await buildConsole();
process.stderr.write(isNew ? 'The console is built.\n' : 'The console is built already.\n');
