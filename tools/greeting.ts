import { relative } from 'node:path';
import type { Config } from '@switchboard/core';
import type { SandboxState } from '../sandbox/state.ts';

interface Facts {
  readonly url: string;
  readonly config: Config;
  readonly sandbox: SandboxState | undefined;
  /** Undefined once one has been used. */
  readonly setupLink: string | undefined;
}

/** What a newcomer needs to know once everything runs: where, how to sign in, what to try. */
export function greeting({ url, config, sandbox, setupLink }: Facts): string {
  const tokenFile = `${relative(process.cwd(), config.dataDir) || '.'}/operator.token`;
  const token = config.databaseUrl === undefined ? `the token in ${tokenFile}` : 'OPERATOR_TOKEN';
  const lines = [
    '',
    `Switchboard is ready at ${url}`,
    '',
    `  Console      ${url}/console/`,
    ...(setupLink === undefined ? [] : [`  Set up       ${setupLink}   (works once, for 24 hours)`]),
    `  For scripts  Authorization: Bearer ${config.databaseUrl === undefined ? `$(cat ${tokenFile})` : '$OPERATOR_TOKEN'}   (${token})`,
    `  API          ${url}/openapi.json`,
    `  Health       ${url}/readyz   ${url}/metrics`,
    ...(sandbox === undefined ? realLines() : sandboxLines(sandbox)),
    '',
    'Ctrl-C stops it; the data stays.',
    '',
  ];
  return lines.join('\n');
}

function sandboxLines({ twenty, threecx }: SandboxState): string[] {
  return [
    '',
    'The sandbox stands in for the outside systems, with fictional customers:',
    `  Twenty       ${twenty.url}   sign in as ${twenty.adminEmail} / ${twenty.password}`,
    `  3CX          ${threecx.url}   a page to ring from`,
    '',
    'Try:',
    '  npm run demo:call -- --from +31201234567      a customer calls: shown while it rings, recorded in the CRM',
    '  npm run hub -- delivery list demo             what came in',
    '  npm run hub -- plugin check demo threecx      is all well?',
  ];
}

function realLines(): string[] {
  return ['', 'Next: npm run hub -- tenant create acme --name "Acme" --country NL'];
}
