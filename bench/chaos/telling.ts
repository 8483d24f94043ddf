import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf, type Finding } from './finding.ts';
import type { ChaosResult } from './options.ts';

export function resultOf(findings: readonly Finding[], faults: number): ChaosResult {
  return {
    lost: countOf(findings, 'lost'),
    duplicated: countOf(findings, 'duplicated'),
    wrong: countOf(findings, 'wrong'),
    faults,
  };
}

const TOLD = 20;

/** Says the first findings, and keeps all of them and the hub's log. */
export async function tell(findings: readonly Finding[], log: string, say: (text: string) => void): Promise<void> {
  const lines = findings.map(({ kind, text }) => `${kind}: ${text}`);
  for (const line of lines.slice(0, TOLD)) say(line);
  say(`all ${lines.length} findings are in ${await keep('findings.txt', lines.join('\n'))}`);
  say(`the hub's log is in ${await keep('hub.log', log)}`);
}

/** @returns where */
export async function keep(name: string, text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'switchboard-chaos-')), name);
  await writeFile(file, text);
  return file;
}
