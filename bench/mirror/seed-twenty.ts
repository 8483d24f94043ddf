import pg from 'pg';

/** How many records a workspace begins with. */
export const PEOPLE = 100_000;
export const COMPANIES = 20_000;
export const CASES = 50_000;

/**
 * Fills the stand-in's tables directly: by its API the records would take as long as the measurement itself. Numbers are those of
 * `numberOf`.
 *
 * @returns nothing; throws when the stand-in keeps its records differently
 */
export async function seedTwenty(connectionString: string, workspaceId: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ record_schema: string }>(
      'select record_schema from twenty_standin.workspace where id = $1',
      [workspaceId],
    );
    await client.query(`set search_path = ${pg.escapeIdentifier(rows[0]?.record_schema ?? '')}`);
    await client.query(
      `insert into company (name) select 'Example ' || n || ' Ltd' from generate_series(1, $1::integer) n`,
      [COMPANIES],
    );
    await client.query(
      `with numbered as (select id, row_number() over () - 1 as n from company)
       insert into person ("nameFirstName", "nameLastName", "emailsPrimaryEmail", "phonesPrimaryPhoneNumber",
         "phonesPrimaryPhoneCallingCode", "phonesPrimaryPhoneCountryCode", "jobTitle", "companyId")
       select 'First' || i % 997, 'Last' || i, 'contact' || i || '@example.com',
         (201 + i / 10000)::text || '555' || lpad((i % 10000)::text, 4, '0'), '+1', 'US', 'Customer', numbered.id
       from generate_series(0, $1::integer - 1) i join numbered on numbered.n = i % $2`,
      [PEOPLE, COMPANIES],
    );
    await client.query(
      `insert into "_serviceCase" (name, subject, number)
       select 'C-' || n || ' Printer is jammed', 'Printer ' || n || ' is jammed', 'C-' || n
       from generate_series(1, $1::integer) n`,
      [CASES],
    );
    await client.query('analyze company, person, "_serviceCase"');
    // Without our application the hub works by the API key, whose limit is the tight one.
    await client.query(
      `update twenty_standin.application set universal_identifier = gen_random_uuid()::text
      where workspace_id = $1 and name ilike '%switchboard%'`,
      [workspaceId],
    );
  } finally {
    await client.end();
  }
}
