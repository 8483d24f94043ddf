import { join } from 'node:path';
import { findDrift, writeAll } from './generate/artifacts.ts';

/** `npm run generate` writes every generated file; with `--check` it writes nothing and fails, naming the files that are not fresh. */
const root = join(import.meta.dirname, '..');

if (process.argv.includes('--check')) {
  const drift = await findDrift(root);
  for (const line of drift) console.error(line);
  process.exitCode = drift.length === 0 ? 0 : 1;
} else {
  for (const path of await writeAll(root)) console.log(`Wrote ${path}.`);
}
