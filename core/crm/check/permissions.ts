import type { CheckLine } from '../../contract/check.ts';
import type { Request, TwentyClient } from '../twenty/client.ts';
import { PermissionError } from '../twenty/errors.ts';
import { applicationsRequest, schemaRequest, webhooksRequest } from '../twenty/operations.ts';
import { failedLine, ok } from './lines.ts';

const name = 'Permissions';

/** What the hub does with the API key besides records, and a harmless question that shows whether it may. */
const NEEDED: readonly (readonly [what: string, question: Request])[] = [
  ['read the data model', schemaRequest],
  ['manage applications', applicationsRequest],
  ['manage webhooks', webhooksRequest],
  ['read roles', { query: '{getRoles{id}}' }],
];

/** Whether the role of the key allows what the hub does with it. */
export async function checkPermissions(client: TwentyClient, apiKey: string, signal: AbortSignal): Promise<CheckLine> {
  const missing: string[] = [];
  for (const [what, question] of NEEDED) {
    try {
      await client.metadata(apiKey, question, signal);
    } catch (error) {
      if (!(error instanceof PermissionError)) return failedLine(name, error, 'try again', signal);
      missing.push(what);
    }
  }
  if (missing.length === 0) {
    return ok(name, `The key may ${NEEDED.map(([what]) => what).join(', ')}.`, { code: 'permissions.enough' });
  }
  return {
    name,
    state: 'failed',
    detail: `The role of the API key may not ${missing.join(', ')}.`,
    remedy: 'give the API key the role Admin in Twenty (Settings, APIs & Webhooks)',
    code: 'permissions.missing',
  };
}
