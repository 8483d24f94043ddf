import { type CheckLine, sql, thisTenant } from '@switchboard/core/contract';
import type { Context } from './services.ts';

/** How far the numbering has come. */
export async function check({ tables }: Context): Promise<CheckLine[]> {
  const [row] = await tables.query<{ last: number }>(
    sql`select last_number as last from service_desk_counter where tenant_id = ${thisTenant}`,
  );
  const detail = row === undefined ? 'No case has a number yet.' : `${row.last} cases have a number.`;
  const seen = row === undefined ? { code: 'desk.no-numbers' } : { code: 'desk.numbers', values: { count: row.last } };
  return [{ name: 'Numbers of cases', state: 'ok', ...seen, detail }];
}
