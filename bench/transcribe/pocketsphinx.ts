import { spawnSync } from 'node:child_process';

/** What Debian's pocketsphinx hears in a file; undefined where it is not installed. */
export function askPocketsphinx(file: string): string | undefined {
  const { status, stdout } = spawnSync('pocketsphinx_continuous', ['-infile', file, '-logfn', '/dev/null'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}
