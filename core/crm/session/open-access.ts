import type { Clock, Logger } from '../../contract/context.ts';
import type { Secrets } from '../../secrets/index.ts';
import type { Executor } from '../../store/database.ts';
import type { Access } from '../access.ts';
import { createAccess } from '../access.ts';
import { createCredentials } from '../credentials.ts';
import type { ApplicationTokens } from '../credentials.ts';
import type { Limits } from '../limits.ts';
import { createTwentyClient } from '../twenty/client.ts';
import type { Fetch } from '../twenty/client.ts';
import { presentLimits, readAccess, storeLimit } from './access-store.ts';

export type AccessInput = {
  readonly db: Executor;
  readonly secrets: Secrets;
  readonly tenantId: string;
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly limits: Limits;
  readonly fetch: Fetch;
  readonly log: Logger;
  readonly clock: Clock;
};

/** A tenant's way to Twenty, with what was learnt about it before. */
export async function openAccess(input: AccessInput): Promise<Access> {
  const { db, secrets, tenantId, url, apiKey, limits, fetch, clock, log } = input;
  const client = createTwentyClient(url, fetch);
  const facts = await readAccess(db, tenantId);
  const { applicationId, serverVersion } = facts;
  const place = { tenantId, pluginId: 'crm', name: 'applicationTokens' };
  const kept = {
    get: async () => parseTokens(await secrets.get(place)),
    set: (tokens: ApplicationTokens) => secrets.set(place, JSON.stringify(tokens)),
  };
  const credentials = createCredentials({ client, apiKey, applicationId, clock, log, kept });
  return createAccess({
    client,
    credentials,
    clock,
    limits,
    known: presentLimits(facts, limits),
    onLimitLearnt: (kind, known) => {
      const { source, limit, reason } = known;
      log.info({ tenantId, kind, source, limit, reason }, 'The limit of Twenty is another than assumed');
      storeLimit(db, tenantId, kind, { known, configured: limits[kind], serverVersion }).catch((error: unknown) => {
        log.warn({ tenantId, err: error }, 'Could not keep what was learnt about the limits of Twenty');
      });
    },
  });
}

function parseTokens(text: string | undefined): ApplicationTokens | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as ApplicationTokens);
}
