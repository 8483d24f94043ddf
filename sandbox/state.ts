import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the stand-ins of this data folder are reached; read by the demo's commands. */
export interface SandboxState {
  readonly twenty: {
    readonly url: string;
    readonly workspaceId: string;
    readonly apiKey: string;
    readonly adminEmail: string;
    readonly password: string;
  };
  readonly threecx: {
    readonly url: string;
    /** The API clients of the PBX: `crmlive` for Call Control, `crmsync` for its configuration. Folders of the first version have none. */
    readonly clients?: readonly { readonly clientId: string; readonly secret: string }[];
  };
}

export function stateFile(dataDir: string): string {
  return join(dataDir, 'sandbox.json');
}

export function readState(dataDir: string): SandboxState | undefined {
  const file = stateFile(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SandboxState;
  } catch (cause) {
    const remedy = 'Put back the data folder from your backup, or move it away to begin anew.';
    throw new Error(`The file ${file} cannot be read. ${remedy}`, { cause });
  }
}

/** Whole or not at all, and only for its owner: it holds an API key. */
export function writeState(dataDir: string, state: SandboxState): void {
  const file = stateFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
