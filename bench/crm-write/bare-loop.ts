import { createTwentyClient } from '@switchboard/sandbox/demo';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import type { CrmWrite } from '../../core/contract/index.ts';
import type { IdFor } from './workload.ts';

/** Parents first, as a script would know it. */
const order = ['location', 'person', 'phoneCall', 'note', 'noteTarget'];
const plurals: Readonly<Record<string, string>> = { person: 'People' };
const ROWS = 200;

/** A client with the token of our application in the workspace of this key. */
export async function asApplication(url: string, apiKey: string): Promise<TwentyClient> {
  const admin = createTwentyClient(url, apiKey);
  const { findManyApplications } = await admin.metadata('{findManyApplications{id name}}');
  const own = (findManyApplications as { id: string; name: string }[]).find(({ name }) => name === 'Switchboard');
  const { generateApplicationToken } = await admin.metadata(
    'mutation($id:UUID!){generateApplicationToken(applicationId:$id){applicationAccessToken{token}}}',
    { id: own?.id },
  );
  const { applicationAccessToken } = generateApplicationToken as { applicationAccessToken: { token: string } };
  return createTwentyClient(url, applicationAccessToken.token);
}

/** Sends the records by nothing but a loop of upserts of 200 rows, one after the other. @returns milliseconds */
export async function runBareLoop(twenty: TwentyClient, writes: readonly CrmWrite[], idFor: IdFor): Promise<number> {
  const rows = Map.groupBy(writes, ({ object }) => object);
  const startedAt = performance.now();
  for (const object of order) {
    const own = (rows.get(object) ?? []).map((write) => ({
      id: 'key' in write ? idFor(object, write.key) : write.id,
      ...write.fields,
    }));
    const name = `${object.charAt(0).toUpperCase()}${object.slice(1)}`;
    const query = `mutation($data:[${name}CreateInput!]!){create${plurals[object] ?? `${name}s`}(data:$data,upsert:true){id}}`;
    for (let from = 0; from < own.length; from += ROWS)
      await twenty.records(query, { data: own.slice(from, from + ROWS) });
  }
  return performance.now() - startedAt;
}
