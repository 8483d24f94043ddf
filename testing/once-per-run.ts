import { asAdministrator } from './database.ts';

/**
 * What is dear to make is made by the first test file that asks; the others wait for it and get the same.
 *
 * @param name of the thing, unique among all that are made so
 * @param make its result is handed on as JSON
 */
export async function oncePerRun<Made extends object>(name: string, make: () => Promise<Made>): Promise<Made> {
  // Of a PostgreSQL that outlives a run nothing is taken that an earlier state of the code has made.
  const key = `${process.env['TEST_RUN'] ?? process.pid} ${name}`;
  return await asAdministrator(async (client) => {
    // Held by the connection, and so let go by whoever is killed.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [key]);
    await client.query('create table if not exists made_once (key text primary key, made jsonb not null)');
    const { rows } = await client.query<{ made: Made }>('select made from made_once where key = $1', [key]);
    if (rows[0] !== undefined) return rows[0].made;
    const made = await make();
    await client.query('insert into made_once values ($1, $2)', [key, made]);
    return made;
  });
}
