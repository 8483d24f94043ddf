import { ConfigError, SwitchboardError } from '../../contract/errors.ts';

/** Turns what went wrong with the data folder into one sentence with the next step. */
export function folderProblem(folder: string, error: unknown): SwitchboardError {
  if (error instanceof SwitchboardError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (hasCode(error, 'ENOSPC', 'EDQUOT') || /no space left|disk quota/i.test(text)) {
    return problem(`The disk is full: PostgreSQL cannot write to ${folder}`, 'Free some space and start again.', error);
  }
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS') || /permission denied|read-only file system/i.test(text)) {
    return problem(
      `The data folder ${folder} is not writable or not readable`,
      'Give the user who starts the hub all rights on it, or set DATA_DIR to another folder.',
      error,
    );
  }
  if (hasCode(error, 'ENOTDIR', 'EEXIST')) {
    return problem(`The path ${folder} is no folder`, 'Move that file away, or set DATA_DIR to another folder.', error);
  }
  return problem(
    `PostgreSQL cannot make its data folder ${folder}: ${lastLine(text)}`,
    'Check the folder and its disk, or set DATA_DIR to another folder.',
    error,
  );
}

export function brokenFolder(folder: string, cause: unknown): ConfigError {
  return problem(
    `The data folder ${folder} is damaged: files of PostgreSQL are missing`,
    `Put back your backup of ${folder}, or move it away ("mv ${folder} ${folder}.broken") to begin with an empty hub.`,
    cause,
  );
}

/** @param output what the server wrote before it gave up */
export function startProblem(folder: string, logFile: string, output: string): ConfigError {
  const cause = new Error(output.trim());
  if (/no space left|disk quota|read-only file system|permission denied/i.test(output)) {
    const known = folderProblem(folder, cause);
    if (known instanceof ConfigError) return known;
  }
  if (
    /could not open (file|directory)|could not read|is not a valid|WAL directory|invalid (checkpoint|page)|could not locate/i.test(
      output,
    )
  ) {
    return brokenFolder(folder, cause);
  }
  return problem(
    `PostgreSQL does not start on ${folder}: ${lastLine(output)}`,
    `Read ${logFile} for the reason.`,
    cause,
  );
}

function problem(message: string, remedy: string, cause: unknown): ConfigError {
  return new ConfigError(message, { remedy, cause });
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && codes.includes(code);
}

/** The line that names the reason: PostgreSQL marks it FATAL or PANIC. */
function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((each) => /FATAL|PANIC|error:/.test(each)) ?? lines.at(-1) ?? 'it ended without a word';
  return line.replace(/^.*?(FATAL|PANIC|error): */, '').trim();
}
