import type { Clock, Logger } from '../../contract/context.ts';
import type { Secrets } from '../../secrets/index.ts';
import type { Executor } from '../../store/database.ts';
import type { Access } from '../access.ts';
import { createAccess } from '../access.ts';
import { createCredentials } from '../credentials.ts';
import { createTwentyClient } from '../twenty/client.ts';
import type { Fetch } from '../twenty/client.ts';
import { readAccess, storeLimit } from './access-store.ts';

export type AccessInput = {
  readonly db: Executor;
  readonly secrets: Secrets;
  readonly tenantId: string;
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly fetch: Fetch;
  readonly log: Logger;
  readonly clock: Clock;
};

/** A tenant's way to Twenty, with what was learnt about it before. */
export async function openAccess(input: AccessInput): Promise<Access> {
  const { db, secrets, tenantId, url, apiKey, fetch, clock, log } = input;
  const client = createTwentyClient(url, fetch);
  const { applicationId, limits } = await readAccess(db, tenantId);
  const place = { tenantId, pluginId: 'crm', name: 'applicationRefreshToken' };
  const refreshToken = {
    get: () => secrets.get(place),
    set: (token: string) => secrets.set(place, token),
  };
  const credentials = createCredentials({ client, apiKey, applicationId, clock, log, refreshToken });
  return createAccess({
    client,
    credentials,
    clock,
    limits,
    onLimitLearnt: (kind, limit) => {
      storeLimit(db, tenantId, kind, limit).catch((error: unknown) => {
        log.warn({ tenantId, err: error }, 'Could not keep what was learnt about the limits of Twenty');
      });
    },
  });
}
