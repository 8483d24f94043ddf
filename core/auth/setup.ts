import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import type { Lockout } from './lockout.ts';
import { RefusedEntry } from './refusals.ts';
import { insertSession, type Origin, type SessionTimes } from './session-store.ts';
import { hashOf, newToken } from './token.ts';

/** How whoever installs the hub gets in for the first time, and again when no member can. */
export interface Setup {
  /** A link for the first start; undefined once one has been used. */
  readonly firstLink: () => Promise<string | undefined>;
  /** A new link; those before are void. */
  readonly newLink: () => Promise<string>;
  /** Opens the operator's session. Works once. @throws RefusedEntry */
  readonly redeem: (token: string, origin: Origin) => Promise<string>;
}

const setupLinkHours = 24;

interface SetupDeps {
  readonly db: Kysely<Tables>;
  readonly audit: AuditLog;
  readonly lockout: Lockout;
  readonly times: SessionTimes;
  readonly publicUrl: string;
}

export function createSetup({ db, audit, lockout, times, publicUrl }: SetupDeps): Setup {
  async function makeLink(executor: Executor): Promise<string> {
    const token = newToken();
    await sql`
      insert into auth_setup_link (token_hash, expires_at)
      values (${hashOf(token)}, now() + ${setupLinkHours} * interval '1 hour')
    `.execute(executor);
    // Behind the # it is in no log of a proxy and in no referrer.
    return new URL(`/console/setup#${token}`, publicUrl).href;
  }

  return {
    firstLink: async () => {
      const { rows } = await sql`select from auth_setup_link where used_at is not null limit 1`.execute(db);
      // Several processes may start for the first time: each prints its own, and using one voids the others.
      return rows.length > 0 ? undefined : await makeLink(db);
    },
    newLink: async () =>
      await db.transaction().execute(async (transaction) => {
        await sql`update auth_setup_link set expires_at = now() where used_at is null`.execute(transaction);
        await audit.append(transaction, { actor: 'command line', action: 'setup-link.make', subject: 'setup-link' });
        return await makeLink(transaction);
      }),
    async redeem(token, origin) {
      const key = `setup ${origin.address}`;
      await lockout.check(key);
      const session = await db.transaction().execute(async (transaction) => {
        const { numAffectedRows } = await sql`
          update auth_setup_link set used_at = now()
          where token_hash = ${hashOf(token)} and used_at is null and expires_at > now()
        `.execute(transaction);
        if (numAffectedRows !== 1n) return undefined;
        await sql`update auth_setup_link set expires_at = now() where used_at is null`.execute(transaction);
        const entry = { actor: 'operator', action: 'setup-link.use', subject: 'setup-link' };
        await audit.append(transaction, { ...entry, details: { address: origin.address } });
        return await insertSession(transaction, { origin }, times);
      });
      if (session !== undefined) return session.token;
      await lockout.fail(key);
      throw new RefusedEntry('setup-link');
    },
  };
}
