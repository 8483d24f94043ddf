import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../contract/errors.ts';

/**
 * The text of a file that only its owner may read, made of 32 random bytes when it is missing. Several processes may
 * ask at the same time: one makes it, and nobody ever sees half of it.
 */
export function keepText(file: string, encoding: 'base64' | 'base64url'): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw notReadable(file, 'DATA_DIR', error);
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString(encoding)}\n`, { mode: 0o600 });
    linkUnlessThere(draft, file);
    rmSync(draft);
  } catch (cause) {
    throw new ConfigError(`The file ${file} cannot be written`, {
      field: 'DATA_DIR',
      remedy: 'Give the user who starts the hub all rights on the data folder, free some disk space, or set DATA_DIR.',
      cause,
    });
  }
  return readFileSync(file, 'utf8').trim();
}

/** @param name the setting or file to name in the error */
export function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw notReadable(file, name, cause);
  }
}

function linkUnlessThere(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function notReadable(file: string, field: string, cause: unknown): ConfigError {
  return new ConfigError(`The file ${file} (${field}) cannot be read`, {
    field,
    remedy: 'Check that it is there and that the user who starts the hub may read it.',
    cause,
  });
}
