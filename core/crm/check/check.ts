import type { CheckLine } from '../../contract/check.ts';
import type { MirroredObject } from '../../contract/crm.ts';
import type { CredentialKind, KnownLimit } from '../limits.ts';
import { createTwentyClient } from '../twenty/client.ts';
import type { Fetch } from '../twenty/client.ts';
import { webhookLine } from '../webhook-test/line.ts';
import type { WebhookTest } from '../webhook-test/state.ts';
import { checkAddress } from './address.ts';
import { checkApplication } from './application.ts';
import { checkKey } from './key.ts';
import type { Workspace } from './key.ts';
import { limitsLine } from './limits.ts';
import { checkObjects } from './objects.ts';
import { checkPermissions } from './permissions.ts';

export type Door = { readonly url: string; readonly apiKey: string };

/** What was found on the way into a workspace. */
export interface Way {
  readonly lines: readonly CheckLine[];
  /** Undefined when a line failed before it was known. */
  readonly workspace: Workspace | undefined;
  readonly serverVersion: string | undefined;
}

/**
 * Address, version, key and its rights, from the outside in: the first that fails ends the look, because nothing behind it can be told.
 * @param onLine told of each line as soon as it is known
 */
export async function checkWay(
  { url, apiKey }: Door,
  fetch: Fetch,
  signal: AbortSignal,
  onLine: (line: CheckLine) => void = () => {},
): Promise<Way> {
  const address = await checkAddress(url, fetch, signal);
  onLine(address.line);
  if (!('serverVersion' in address)) return { lines: [address.line], workspace: undefined, serverVersion: undefined };
  const { serverVersion } = address;
  const client = createTwentyClient(url, fetch);
  const key = await checkKey(client, apiKey, signal);
  onLine(key.line);
  const lines = [address.line, key.line];
  if (key.workspace === undefined) return { lines, workspace: undefined, serverVersion };
  const permissions = await checkPermissions(client, apiKey, signal);
  return { lines: [...lines, permissions], workspace: key.workspace, serverVersion };
}

export type InsideOptions = Door & {
  readonly publicUrl: string;
  readonly declared: readonly MirroredObject[];
  readonly limits: Readonly<Record<CredentialKind, KnownLimit>>;
  /** Changes that only polling found since the last webhook, over all objects. */
  readonly missedByWebhooks: number;
  /** The last test of whether webhooks arrive. */
  readonly webhookTest: WebhookTest | undefined;
};

export interface Inside {
  readonly lines: readonly CheckLine[];
  readonly applicationId: string | undefined;
}

/** What the hub needs inside the workspace. */
export async function checkInside(options: InsideOptions, fetch: Fetch, signal: AbortSignal): Promise<Inside> {
  const { url, apiKey, declared, limits } = options;
  const client = createTwentyClient(url, fetch);
  const application = await checkApplication(client, apiKey, signal);
  const objects = await checkObjects(client, apiKey, declared, signal);
  return {
    lines: [limitsLine(limits), application.line, objects, webhookLine({ ...options, test: options.webhookTest })],
    applicationId: application.applicationId,
  };
}
