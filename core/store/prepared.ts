import { createHash } from 'node:crypto';
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import type pg from 'pg';

const mark = '/* prepared */';

/**
 * Marks a statement that is asked over and over while somebody waits: each connection parses and plans it once, which is three
 * quarters of the time of a lookup by number (0.8 ms against 0.2 ms, measured). It stands at the beginning of the statement.
 */
export const prepared = sql.raw<never>(mark);

/** The pool for Kysely: marked statements go out under a name, by which PostgreSQL knows them again. */
export function preparing(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const nameOf = createNames();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const query = (text: string, values: readonly unknown[] = []) =>
      text.slice(0, 40).includes(mark)
        ? client.query({ name: nameOf(text), text, values: [...values] })
        : client.query(text, [...values]);
    const { processID } = client as { readonly processID?: number };
    return {
      // Kysely's other form takes a cursor, which nobody here opens.
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
      ...(processID !== undefined && { processID }),
    };
  };
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? wrap(client);
      wrapped.set(client, known);
      return known;
    },
  };
}

/** There are as many texts as marked statements in the code. */
function createNames(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 40);
    names.set(text, name);
    return name;
  };
}
