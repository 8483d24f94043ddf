import type { CheckLine } from '../contract/check.ts';
import type { MirroredObject } from '../contract/crm.ts';
import { CredentialsError, SwitchboardError } from '../contract/errors.ts';
import { switchboardApp } from './app.ts';
import { mergeDeclarations } from './mirror/declare.ts';
import { missingFields } from './schema.ts';
import type { TwentyClient } from './twenty/client.ts';
import {
  applicationsRequest,
  mintRequest,
  schemaRequest,
  webhooksRequest,
  workspaceRequest,
} from './twenty/operations.ts';
import { readSchema } from './twenty/read-schema.ts';
import { webhookLine } from './webhook-test/line.ts';
import type { WebhookTest } from './webhook-test/state.ts';

export type CheckOptions = {
  readonly client: TwentyClient;
  readonly apiKey: string;
  readonly url: string;
  readonly publicUrl: string;
  readonly declared: readonly MirroredObject[];
  /** Changes that only polling found since the last webhook, over all objects. */
  readonly missedByWebhooks: number;
  /** The last test of whether webhooks arrive. */
  readonly webhookTest: WebhookTest | undefined;
};

export type CheckResult = {
  readonly lines: readonly CheckLine[];
  readonly workspaceId: string | undefined;
  readonly serverVersion: string | undefined;
  readonly applicationId: string | undefined;
};

/** Looks at a workspace from the outside in: the first thing that fails ends the look, because nothing behind it can be told. */
export async function checkWorkspace(options: CheckOptions, signal: AbortSignal): Promise<CheckResult> {
  const lines: CheckLine[] = [];
  const workspace = await checkKey(options, lines, signal);
  if (workspace === undefined) {
    return { lines, workspaceId: undefined, serverVersion: undefined, applicationId: undefined };
  }
  const applicationId = await checkApplication(options, lines, signal);
  await checkObjects(options, lines, signal);
  await checkWebhooks(options, lines, signal);
  return { lines, workspaceId: workspace.id, serverVersion: workspace.serverVersion, applicationId };
}

async function checkKey(
  { client, apiKey, url }: CheckOptions,
  lines: CheckLine[],
  signal: AbortSignal,
): Promise<{ id: string; serverVersion: string | undefined } | undefined> {
  const timeoutMs = 10_000;
  try {
    const { data } = await client.metadata(apiKey, { ...workspaceRequest, timeoutMs }, signal);
    const workspace = data['currentWorkspace'] as { id: string; displayName: string | null };
    const serverVersion = await client.serverVersion(signal);
    const version = serverVersion === undefined ? '' : ` (version ${serverVersion})`;
    lines.push({ name: 'Twenty', state: 'ok', detail: `${url} answers${version}.` });
    lines.push({
      name: 'API key',
      state: 'ok',
      detail: `It opens the workspace "${workspace.displayName ?? workspace.id}".`,
    });
    return { id: workspace.id, serverVersion };
  } catch (error) {
    if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
    const isKey = error instanceof CredentialsError || error.code === 'permission';
    if (isKey) lines.push({ name: 'Twenty', state: 'ok', detail: `${url} answers.` });
    lines.push(
      failed(
        isKey ? 'API key' : 'Twenty',
        error,
        isKey ? keyRemedy : `check the address ${url} from the hub's machine`,
      ),
    );
    return undefined;
  }
}

const keyRemedy = 'create an API key of the role Admin in Twenty (Settings, APIs & Webhooks) and connect again with it';

async function checkApplication(
  { client, apiKey }: CheckOptions,
  lines: CheckLine[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const name = 'Switchboard app';
  try {
    const { data } = await client.metadata(apiKey, applicationsRequest, signal);
    const installed = data['findManyApplications'] as {
      id: string;
      universalIdentifier: string;
      version: string | null;
    }[];
    const own = installed.find(({ universalIdentifier }) => universalIdentifier === switchboardApp);
    if (own === undefined) {
      lines.push({
        name,
        state: 'warning',
        detail: 'It is not installed in this workspace.',
        remedy: 'run npm run crm:install',
      });
      return undefined;
    }
    await client.metadata(apiKey, mintRequest(own.id), signal);
    lines.push({
      name,
      state: 'ok',
      detail: `Installed${own.version === null ? '' : `, version ${own.version}`}; its token is used for records.`,
    });
    return own.id;
  } catch (error) {
    if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
    lines.push(failed(name, error, 'give the API key the role Admin: it must be allowed to manage applications'));
    return undefined;
  }
}

async function checkObjects({ client, apiKey, declared }: CheckOptions, lines: CheckLine[], signal: AbortSignal) {
  const name = 'Objects';
  try {
    const { data } = await client.metadata(apiKey, schemaRequest, signal);
    const schema = readSchema(data);
    const missing = [...mergeDeclarations(declared).values()].flatMap(({ object, fields }) => {
      const there = schema.get(object);
      return there === undefined ? [object] : missingFields(there, fields).map((field) => `${object}.${field}`);
    });
    lines.push(
      missing.length === 0
        ? {
            name,
            state: 'ok',
            detail: `All objects that the plugins read are there (${schema.size} in the workspace).`,
          }
        : {
            name,
            state: 'warning',
            detail: `Missing: ${missing.join(', ')}.`,
            remedy: 'install or update the app: npm run crm:install',
          },
    );
  } catch (error) {
    if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
    lines.push(failed(name, error, 'give the API key the role Admin'));
  }
}

async function checkWebhooks(
  { client, apiKey, publicUrl, webhookTest, missedByWebhooks }: CheckOptions,
  lines: CheckLine[],
  signal: AbortSignal,
) {
  const name = 'Webhooks';
  try {
    await client.metadata(apiKey, webhooksRequest, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof SwitchboardError)) throw error;
    lines.push(failed(name, error, 'give the API key the role Admin: it must be allowed to manage webhooks'));
    return;
  }
  lines.push(webhookLine({ publicUrl, test: webhookTest, missedByWebhooks }));
}

function failed(name: string, error: SwitchboardError, remedy: string): CheckLine {
  return { name, state: 'failed', detail: error.message, remedy: error.remedy ?? remedy };
}
