import { decodeJwt } from 'jose';
import type { CheckLine } from '../../contract/check.ts';
import { CredentialsError } from '../../contract/errors.ts';
import type { TwentyClient } from '../twenty/client.ts';
import { workspaceRequest } from '../twenty/operations.ts';
import { failedLine, ok } from './lines.ts';

export type Workspace = { readonly id: string; readonly displayName: string | null };

const name = 'API key';
const remedy = 'create an API key of the role Admin in Twenty (Settings, APIs & Webhooks) and connect again with it';
const timeoutMs = 10_000;
const SOON_MS = 30 * 24 * 3_600_000;

/** Whether the key opens a workspace, and for how long. */
export async function checkKey(
  client: TwentyClient,
  apiKey: string,
  signal: AbortSignal,
): Promise<{ readonly line: CheckLine; readonly workspace: Workspace | undefined }> {
  const { type, exp } = claimsOf(apiKey);
  if (type !== undefined && type !== 'API_KEY') {
    const detail = 'This is a token of another kind, which ends soon, and no API key.';
    return { line: { name, state: 'failed', detail, remedy, code: 'key.other-token' }, workspace: undefined };
  }
  try {
    const { data } = await client.metadata(apiKey, { ...workspaceRequest, timeoutMs }, signal);
    const workspace = data['currentWorkspace'] as Workspace;
    return { line: lineOf(workspace, exp), workspace };
  } catch (error) {
    const line = failedLine(name, error, remedy, signal);
    const isExpired = error instanceof CredentialsError && /expired/i.test(error.message);
    if (!isExpired) return { line, workspace: undefined };
    return { line: { ...line, detail: 'The API key has expired.', remedy, code: 'key.expired' }, workspace: undefined };
  }
}

function lineOf({ id, displayName }: Workspace, exp: number | undefined): CheckLine {
  const workspace = displayName ?? id;
  const detail = `It opens the workspace "${workspace}"`;
  if (exp === undefined) return ok(name, `${detail}.`, { code: 'key.opens', values: { workspace } });
  const until = new Date(exp * 1000).toISOString().slice(0, 10);
  const values = { workspace, until };
  if (exp * 1000 - Date.now() > SOON_MS)
    return ok(name, `${detail} until ${until}.`, { code: 'key.opens-until', values });
  return {
    name,
    state: 'warning',
    detail: `${detail}, but only until ${until}.`,
    remedy: 'create a new API key in Twenty before that day and connect again with it',
    code: 'key.ends-soon',
    values,
  };
}

/** What the key says of itself; only Twenty can tell whether it is true. */
function claimsOf(apiKey: string): { readonly type?: unknown; readonly exp?: number } {
  try {
    return decodeJwt(apiKey);
  } catch {
    return {};
  }
}
