import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import { RefusedEntry } from './refusals.ts';

/** Counts failures per key in the database, so that other processes and a restart do not help whoever tries. */
export interface Lockout {
  /** @throws RefusedEntry while the key is locked */
  readonly check: (key: string) => Promise<void>;
  readonly fail: (key: string) => Promise<void>;
}

const mostFailures = 10;
const windowMinutes = 15;

export function createLockout(db: Executor): Lockout {
  return {
    async check(key) {
      const { rows } = await sql`
        select from auth_failure where key = ${key} and failures >= ${mostFailures} and window_ends_at > now()
      `.execute(db);
      if (rows.length > 0) throw new RefusedEntry('too-many-failures');
    },
    async fail(key) {
      const end = sql`now() + ${windowMinutes} * interval '1 minute'`;
      // The failure that fills the window begins a new one, so that a lock is always a whole window.
      await sql`
        insert into auth_failure as known (key, failures, window_ends_at) values (${key}, 1, ${end})
        on conflict (key) do update set
          failures = case when known.window_ends_at > now() then known.failures + 1 else 1 end,
          window_ends_at = case
            when known.window_ends_at > now() and known.failures + 1 <> ${mostFailures} then known.window_ends_at
            else ${end} end
      `.execute(db);
    },
  };
}
