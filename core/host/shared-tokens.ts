import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Clock, SharedToken, SharedTokens, TokenRequest } from '../contract/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Tables } from '../store/tables.ts';

interface SharedTokensOptions {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly tenantId: string;
  readonly pluginId: string;
}

/** A request under way should not run into the end of its token. */
const renewBeforeMs = 60_000;
const patienceMs = 20_000;

const stored = z.object({ token: z.string(), expiresAt: z.coerce.date(), issuedAt: z.coerce.date() });

/** The shared tokens of one plugin for one tenant. */
export function createSharedTokens({ db, secrets, clock, tenantId, pluginId }: SharedTokensOptions): SharedTokens {
  const known = new Map<string, SharedToken>();
  const asked = new Map<string, Promise<SharedToken>>();

  function isGood(one: SharedToken | undefined, refused: string | undefined): one is SharedToken {
    return one !== undefined && one.token !== refused && one.expiresAt.getTime() - renewBeforeMs > clock.now();
  }

  /** One process looks and issues at a time; the others find its token. */
  async function lookOrIssue({ name, issue, refused }: TokenRequest): Promise<SharedToken> {
    // A plugin's settings are the secrets under its id; tokens are kept apart from them.
    const place = { tenantId, pluginId: `${pluginId}/token`, name };
    return await db.transaction().execute(async (transaction) => {
      const lock = JSON.stringify(['shared token', place]);
      await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(transaction);
      const text = await secrets.get(place, transaction);
      const current = text === undefined ? undefined : stored.parse(JSON.parse(text));
      if (isGood(current, refused)) return current;
      const issuedAt = new Date(clock.now());
      const issued = { ...(await issue(AbortSignal.timeout(patienceMs))), issuedAt };
      await secrets.set(place, JSON.stringify(issued), transaction);
      return issued;
    });
  }

  async function use(request: TokenRequest): Promise<SharedToken> {
    const { name, refused } = request;
    const remembered = known.get(name);
    if (isGood(remembered, refused)) return remembered;
    const answer = asked.get(name) ?? lookOrIssue(request).finally(() => asked.delete(name));
    asked.set(name, answer);
    const token = await answer;
    known.set(name, token);
    // Who joined the question of somebody else may have been given the very token it complains of.
    return token.token === refused ? await use(request) : token;
  }

  return { use };
}
